"""Which promises were kept, and the tickets behind each number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from opora.core import clock
from opora.core.pagination import keyset_page
from opora.people.doors import DeskRequest, permission_required
from opora.sla.attainment import counted, lines_by, narrowed, period, tickets_of, total_of
from opora.sla.policy import READ
from opora.sla.underpinning import findings
from opora.sla.words import AGREEMENTS
from opora.tickets.lists import tickets_for_list
from opora.tickets.queries import tickets_for

PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days")}
CHAPTERS = {
    "metric": _("By promise"),
    "brand": _("By brand"),
    "group": _("By group"),
    "priority": _("By priority"),
}
PAGE = 50


@require_GET
@permission_required(READ)
def attainment(request: DeskRequest) -> HttpResponse:
    days, agreement = _asked(request)
    clocks = counted(*period(int(days), clock.now()), agreement)
    gross, net = tickets_of(clocks)
    context = {
        "days": days,
        "agreement": agreement,
        "periods": PERIODS,
        "agreements": AGREEMENTS,
        "total": total_of(clocks),
        "tickets": gross,
        "net_tickets": net,
        "findings": findings() if agreement == "sla" else [],
        "chapters": [(name, title, lines_by(clocks, name)) for name, title in CHAPTERS.items()],
    }
    return render(request, "sla/attainment.html", context)


@require_GET
@permission_required(READ)
def tickets(request: DeskRequest) -> HttpResponse:
    """The tickets behind a number, of those that the reader may see."""
    days, agreement = _asked(request)
    outcome = request.GET.get("outcome", "")
    broken = {"broken": True, "met": False}.get(outcome)
    clocks = counted(*period(int(days), clock.now()), agreement)
    clocks = narrowed(clocks, request.GET.dict().items(), broken=broken, left_out=outcome == "left_out")
    rows = tickets_for(request.user).filter(pk__in=clocks.values("ticket_id"))
    page = keyset_page(
        rows,
        order=["-id"],
        size=PAGE,
        cursor=request.GET.get("cursor", ""),
        load=tickets_for_list,
    )
    query = request.GET.copy()
    query["cursor"] = page.next_cursor
    context = {"page": page, "more": f"?{query.urlencode()}" if page.next_cursor else "", "outcome": outcome}
    fragment = request.htmx and not request.htmx.boosted
    return render(request, "sla/_tickets_rows.html" if fragment else "sla/tickets.html", context)


def _asked(request: DeskRequest) -> tuple[str, str]:
    days, agreement = request.GET.get("days", "30"), request.GET.get("agreement", "sla")
    return days if days in PERIODS else "30", agreement if agreement in AGREEMENTS else "sla"

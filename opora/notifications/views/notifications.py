"""All that a person was told."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.core.pagination import keyset_page
from opora.core.refusals import Invalid
from opora.core.toasts import toast
from opora.notifications.actions.read import read_all, read_notification
from opora.notifications.days import by_day
from opora.notifications.queries import notification_for, notifications_of, unread_count
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.queries import ticket_for

SIZE = 40


@require_GET
@colleagues_only
def notifications(request: DeskRequest) -> HttpResponse:
    """The list, or with a cursor its next lines."""
    only_unread = request.GET.get("show") == "unread"
    rows = notifications_of(request.user)
    page = keyset_page(
        rows.filter(read_at=None) if only_unread else rows,
        order=["-id"],
        size=SIZE,
        cursor=request.GET.get("cursor", ""),
    )
    days = by_day(page.rows, after=request.GET.get("day", ""))
    query = {"show": "unread"} if only_unread else {}
    following = (
        {**query, "cursor": page.next_cursor, "day": days[-1].date.isoformat()} if page.next_cursor else {}
    )
    context = {
        "days": days,
        "only_unread": only_unread,
        "next": f"?{urlencode(following)}" if following else "",
    }
    if request.GET.get("cursor") and request.htmx and not request.htmx.boosted:
        return render(request, "notifications/_days.html", context)
    context["unread"] = unread_count(request.user)
    return render(request, "notifications/notifications.html", context)


@require_GET
@colleagues_only
def notification(request: DeskRequest, notification_id: int) -> HttpResponse:
    """Go to what it is about; it counts as read then."""
    found = notification_for(request.user, notification_id)
    read_notification(found)
    return redirect(found.place)


@require_POST
@colleagues_only
def reading(request: DeskRequest) -> HttpResponse:
    """Mark all as read, or, with `ticket`, what concerns it."""
    wanted = request.POST.get("ticket", "")
    if wanted and not (wanted.isdecimal() and len(wanted) < 19):
        raise Invalid(_("Name the ticket by its number."), field="ticket")
    ticket = ticket_for(request.user, int(wanted)) if wanted else None
    marked = read_all(request.user, ticket=ticket)
    if not request.htmx and request.headers.get("X-Requested-With") != "fetch":
        return redirect("notifications:notifications")
    response = HttpResponse(status=204)
    return response if ticket or not marked else toast(response, _("All read"))

"""The log: who changed what, whether it is whole, and what followed from it and failed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.core.pagination import keyset_page
from opora.core.refusals import Invalid
from opora.events.models import Delivery, Seal
from opora.events.sealing import first_broken_seal
from opora.people import log_words
from opora.people.actions.retry_delivery import retry_delivery
from opora.people.doors import DeskRequest, permission_required
from opora.people.log import kinds, lines_of, log_page
from opora.people.models import Person

FAILURES = 25


@require_GET
@permission_required("settings.desk")
def log(request: DeskRequest) -> HttpResponse:
    """The log, newest first, narrowed by kind, person and day; `?cursor=` gives the next rows alone."""
    filters = _filters(request.GET)
    page = log_page(**filters, cursor=request.GET.get("cursor", ""))
    query = request.GET.copy()
    query.pop("cursor", None)
    context = {
        "lines": lines_of(page.rows),
        "next_cursor": page.next_cursor,
        "query": query.urlencode(),
        **filters,
    }
    if request.GET.get("cursor"):
        return render(request, "people/settings/_log_rows.html", context)
    return render(request, "people/settings/log.html", context | _around(filters))


@require_POST
@permission_required("settings.desk")
def verification(request: DeskRequest) -> HttpResponse:
    """Compare the log with its seals."""
    broken = first_broken_seal()
    if broken is None:
        messages.success(request, _("The log is whole: every seal fits."))
    else:
        span = {"first": broken.first_event_id, "last": broken.last_event_id}
        messages.error(
            request,
            _("The log was changed between events %(first)s and %(last)s. Compare with a backup.") % span,
        )
    return redirect("people:log")


@require_GET
@permission_required("settings.desk")
def failures(request: DeskRequest) -> HttpResponse:
    """What should have followed from an event and did not."""
    failed = Delivery.objects.filter(state=Delivery.State.FAILED).select_related("event")
    page = keyset_page(failed, order=["-id"], size=FAILURES, cursor=request.GET.get("cursor", ""))
    lines = lines_of([delivery.event for delivery in page.rows])
    context = {"rows": list(zip(page.rows, lines, strict=True)), "next_cursor": page.next_cursor}
    template = (
        "people/settings/_failure_rows.html" if request.GET.get("cursor") else "people/settings/failures.html"
    )
    return render(request, template, context)


@require_POST
@permission_required("settings.desk")
def retry(request: DeskRequest, delivery_id: int) -> HttpResponse:
    """Try one of them again."""
    retry_delivery(get_object_or_404(Delivery, pk=delivery_id), by=request.user)
    messages.success(request, _("It runs again in a moment"))
    return redirect("people:failures")


def _filters(given: QueryDict) -> dict[str, Any]:
    kind, person, day = given.get("kind", ""), given.get("person", ""), given.get("day", "")
    try:
        return {
            "kind": kind if kind in {*kinds(), *_subjects()} else "",
            "person_id": int(person) if person.isdecimal() and len(person) < 18 else None,
            "day": parse_date(day) if day else None,
        }
    except ValueError as problem:
        raise Invalid(_("There is no such day. Choose one from the calendar.")) from problem


def _subjects() -> list[str]:
    return sorted({kind.partition(".")[0] for kind in kinds()})


def _around(filters: dict[str, Any]) -> dict[str, Any]:
    chosen = filters["person_id"]
    return {
        "kinds": [
            (
                subject,
                log_words.subject(subject),
                [kind for kind in kinds() if kind.startswith(f"{subject}.")],
            )
            for subject in _subjects()
        ],
        "person": Person.objects.filter(pk=chosen).first() if chosen else None,
        "seal": Seal.objects.order_by("-id").first(),
        "has_failures": Delivery.objects.filter(state=Delivery.State.FAILED).exists(),
    }

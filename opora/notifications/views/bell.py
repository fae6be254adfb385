"""The bell in the rail: how many are unread, and the latest ones."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from opora.notifications.days import by_day
from opora.notifications.queries import notifications_of, unread_count
from opora.notifications.sentences import sentence_of
from opora.people.doors import DeskRequest, colleagues_only

LATEST = 12
MOST_COUNTED = 99


@never_cache
@require_GET
@colleagues_only
def count(request: DeskRequest) -> HttpResponse:
    """The number on the bell, and what a desktop notification and the open ticket need to know."""
    unread = notifications_of(request.user).filter(read_at=None).order_by("-id")
    newest = list(unread[:20])
    context = {
        "count": unread_count(request.user, at_most=MOST_COUNTED + 1),
        "most": MOST_COUNTED,
        "newest": newest[0] if newest else None,
        "sentence": sentence_of(newest[0]) if newest else "",
        "tickets": sorted({one.ticket_id for one in newest if one.ticket_id}),
    }
    return render(request, "notifications/_count.html", context)


@never_cache
@require_GET
@colleagues_only
def latest(request: DeskRequest) -> HttpResponse:
    """What the bell opens: the latest, by day."""
    rows = list(notifications_of(request.user).order_by("-id")[:LATEST])
    context = {"days": by_day(rows), "has_unread": any(row.read_at is None for row in rows)}
    return render(request, "notifications/_latest.html", context)

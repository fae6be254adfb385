"""Ticket metrics: counts from the projection, times from the log. Minutes are whole ones, as the vendor's are."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from opora.api.nouns.tickets import visible
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.calendars.queries import hours_held
from opora.core import clock
from opora.core.business_time import Schedule
from opora.events.models import Event
from opora.tickets.models import TicketMetric

Span = tuple[datetime, datetime]
MINUTE = timedelta(minutes=1)
_MOVES = ("ticket.status_changed", "ticket.solved", "ticket.reopened", "ticket.closed")
_AFTER = {"ticket.solved": "solved", "ticket.reopened": "open", "ticket.closed": "closed"}
_REQUESTER_WAITS = {"new", "open", "hold"}


class _Course:
    """The statuses a ticket went through, and for how long."""

    def __init__(self, created_at: datetime, first: str) -> None:
        self.began = [(created_at, first)]
        self.assigned_at: datetime | None = None

    def spans_in(self, words: set[str], until: datetime) -> list[Span]:
        ends = [moment for moment, _word in self.began[1:]] + [until]
        spans = zip(self.began, ends, strict=True)
        return [(begin, end) for (begin, word), end in spans if word in words and end > begin]


def _courses(rows: dict[int, TicketMetric]) -> dict[int, _Course]:
    found: dict[int, _Course] = {}
    kinds = ("ticket.created", "ticket.assigned", *_MOVES)
    events = Event.objects.filter(subject_kind="ticket", subject_id__in=rows, kind__in=kinds).order_by("id")
    for subject, kind, at, body in events.values_list("subject_id", "kind", "occurred_at", "body"):
        course = found.setdefault(
            subject, _Course(rows[subject].ticket.created_at, body.get("status", "new"))
        )
        if kind in _MOVES:
            course.began.append((at, body.get("after") or _AFTER[kind]))
        elif body.get("assignee_id") and body.get("assignee_id") != body.get("before_assignee_id"):
            course.assigned_at = at
    return found


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = TicketMetric.objects.select_related("ticket").in_bulk(ids)
    courses = _courses(rows)
    now = clock.now()
    hours_of = hours_held(now)
    return [
        _metric(call, row, courses.get(pk), now, hours_of(row.ticket.group_id, row.ticket.brand_id))
        for pk in ids
        if (row := rows.get(pk))
    ]


def _metric(call: Call, row: TicketMetric, course: _Course | None, now: datetime, hours: Schedule) -> Json:
    ticket = row.ticket
    created = ticket.created_at
    course = course or _Course(created, "new")
    moved_at = course.began[-1][0]
    reply = _between(created, row.first_reply_at)
    return {
        "url": call.url(f"ticket_metrics/{row.pk}"),
        "id": row.pk,
        "ticket_id": row.pk,
        "created_at": stamp(created),
        "updated_at": stamp(ticket.updated_at),
        "group_stations": row.group_stations,
        "assignee_stations": row.assignee_stations,
        "reopens": row.reopens,
        "replies": row.replies,
        "assignee_updated_at": stamp(row.last_agent_at),
        "requester_updated_at": stamp(row.last_customer_at or created),
        "status_updated_at": stamp(moved_at),
        "initially_assigned_at": stamp(row.first_assigned_at),
        "assigned_at": stamp(course.assigned_at or row.first_assigned_at),
        "solved_at": stamp(ticket.solved_at),
        "latest_comment_added_at": stamp(row.last_comment_at),
        "custom_status_updated_at": stamp(moved_at),
        "reply_time_in_minutes": _minutes(reply, hours),
        "reply_time_in_seconds": {"calendar": None if reply is None else int(_length(reply).total_seconds())},
        "first_resolution_time_in_minutes": _minutes(_between(created, row.first_solved_at), hours),
        "full_resolution_time_in_minutes": _minutes(_between(created, row.last_solved_at), hours),
        "agent_wait_time_in_minutes": _minutes(course.spans_in({"pending"}, now), hours),
        "requester_wait_time_in_minutes": _minutes(course.spans_in(_REQUESTER_WAITS, now), hours),
        "on_hold_time_in_minutes": _minutes(course.spans_in({"hold"}, now), hours),
    }


def _between(begin: datetime, end: datetime | None) -> list[Span] | None:
    return [(begin, end)] if end else None


def _length(spans: list[Span]) -> timedelta:
    return sum((end - begin for begin, end in spans), timedelta())


def _minutes(spans: list[Span] | None, hours: Schedule) -> dict[str, Any]:
    """Whole minutes by the clock on the wall and within the hours; both empty for what has not happened."""
    if spans is None:
        return {"calendar": None, "business": None}
    open_time = sum((hours.elapsed(begin, end) for begin, end in spans), timedelta())
    return {"calendar": _length(spans) // MINUTE, "business": open_time // MINUTE}


def _rows(call: Call):  # type: ignore[no-untyped-def]
    return TicketMetric.objects.filter(ticket_id__in=visible(call).values("pk"))


METRICS = Noun("ticket_metric", "ticket_metrics", "ticket_metrics", _rows, _present)

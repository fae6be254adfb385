"""Audits: the events of one update on one ticket, derived from the log. An audit's id is that of its first event."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from opora.api.nouns.comments import comment_event
from opora.api.nouns.help_center import article_named
from opora.api.nouns.vias import event_via
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import read_moment, stamp
from opora.events.models import Event
from opora.tickets.models import Comment

SYSTEM_ID = -1
"""The author of what no person did, as the wire numbers it."""
WIRE_FIELDS = {
    "brand": "brand_id", "form": "ticket_form_id", "requester": "requester_id", "organization": "organization_id",
    "received_at": "recipient",
}  # fmt: skip
PER_EVENT = 32
"""One fact can be several events of an audit; their ids are the fact's times this, and on."""

Difference = tuple[str, Any, Any]
Body = dict[str, Any]


def first_events() -> QuerySet[Event]:
    """Return the first event of each update on each ticket: one row an audit."""
    earlier = Event.objects.filter(
        update_id=OuterRef("update_id"),
        subject_kind="ticket",
        subject_id=OuterRef("subject_id"),
        pk__lt=OuterRef("pk"),
    )
    return Event.objects.filter(subject_kind="ticket").filter(~Exists(earlier))


def present_audits(call: Call, ids: Sequence[int]) -> list[Json]:
    """Return the audits that begin with these events, in their order, in three queries."""
    begun = dict(Event.objects.filter(pk__in=ids).values_list("update_id", "pk"))
    events = Event.objects.filter(update_id__in=begun, subject_kind="ticket").order_by("id")
    groups: dict[tuple[int, int], list[Event]] = {}
    for event in events:
        groups.setdefault((event.update_id, event.subject_id), []).append(event)
    by_first = {group[0].pk: group for group in groups.values()}
    chosen = [by_first[pk] for pk in ids if pk in by_first]
    comments = _comments(event for group in chosen for event in group)
    return [_audit(call, group, comments) for group in chosen]


def _comments(events: Iterator[Event]) -> dict[int, Comment]:
    ids = [event.body["comment_id"] for event in events if event.kind == "ticket.commented"]
    rows = Comment.objects.filter(pk__in=ids).select_related("author").prefetch_related("attachments")
    return {row.pk: row for row in rows} if ids else {}


def _audit(call: Call, group: list[Event], comments: dict[int, Comment]) -> Json:
    first = group[0]
    is_new = any(event.kind == "ticket.created" for event in group)
    shown = [shown for event in group for shown in _events(call, event, first.pk, comments, is_new=is_new)]
    shown.sort(key=lambda one: one["type"] != "Comment")
    details: Body = next(
        (row.details for row in comments.values() if row.ticket_id == first.subject_id and row.details), {}
    )
    return {
        "id": first.pk,
        "ticket_id": first.subject_id,
        "created_at": stamp(first.occurred_at),
        "author_id": first.actor_id if first.actor_kind in {"agent", "customer"} else SYSTEM_ID,
        "metadata": {"system": details.get("system", {}), "custom": details.get("custom", {})},
        "events": shown,
        "via": event_via(first),
    }


def _events(
    call: Call, event: Event, audit_id: int, comments: dict[int, Comment], *, is_new: bool
) -> Iterator[Json]:
    if event.kind == "ticket.commented":
        comment = comments.get(event.body["comment_id"])
        if comment:
            yield comment_event(call, comment, audit_id)
        return
    if event.kind in _ABOUT_COMMENTS:
        yield {"id": event.pk * PER_EVENT, **_ABOUT_COMMENTS[event.kind](event.body)}
        return
    if event.kind == "ticket.article_cited":
        yield {"id": event.pk * PER_EVENT, "type": "KnowledgeLinked", "body": article_named(call, event.body)}
        return
    for place, (field, before, after) in enumerate(differences(event)):
        number = event.pk * PER_EVENT + place
        if is_new:
            yield {"id": number, "type": "Create", "value": after, "field_name": field}
        else:
            yield {
                "id": number,
                "type": "Change",
                "value": after,
                "field_name": field,
                "previous_value": before,
            }


def differences(event: Event) -> list[Difference]:
    """Return (field, before, after) of what an event changed, in the words of the wire; none for facts it has no word for."""
    if event.kind in _STATUS_KINDS:
        after = event.body.get("after") or _STATUS_KINDS[event.kind]
        return [("status", event.body.get("before"), after)]
    reader = _READERS.get(event.kind)
    return reader(event.body) if reader else []


_STATUS_KINDS = {
    "ticket.status_changed": "open", "ticket.solved": "solved", "ticket.reopened": "open", "ticket.closed": "closed",
}  # fmt: skip


def _of_creation(body: Body) -> list[Difference]:
    named = [
        ("subject", body.get("subject")),
        ("requester_id", _text(body.get("requester_id"))),
        ("status", body.get("status", "new")),
        ("priority", body.get("priority") or None),
        ("type", body.get("type") or None),
        ("brand_id", _text(body.get("brand_id"))),
        ("group_id", _text(body.get("group_id"))),
        ("assignee_id", _text(body.get("assignee_id"))),
    ]
    return [(name, None, value) for name, value in named if value is not None]


def _of_change(body: Body) -> list[Difference]:
    field = str(body["field"])
    before, after = body.get("before"), body.get("after")
    if field == "due_at":
        return [(field, _moment(before), _moment(after))]
    if field.startswith("field_"):
        return [(field.removeprefix("field_"), _single(before), _single(after))]
    return [(str(WIRE_FIELDS.get(field, field)), before, after)]


def _of_assignment(body: Body) -> list[Difference]:
    pairs = [
        ("group_id", body.get("before_group_id"), body.get("group_id")),
        ("assignee_id", body.get("before_assignee_id"), body.get("assignee_id")),
    ]
    return [(name, _text(before), _text(after)) for name, before, after in pairs if before != after]


def _single(value: Any) -> Any:
    """A list of one is the one; of none is nothing."""
    if not isinstance(value, list):
        return value
    return value if len(value) > 1 else value[0] if value else None


def _moment(value: Any) -> str | None:
    """A moment as the log writes it, in the words of the wire."""
    return stamp(read_moment(value)) if value else None


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


_ABOUT_COMMENTS: dict[str, Callable[[Body], Json]] = {
    "ticket.comment_made_private": lambda body: {
        "type": "CommentPrivacyChange", "comment_id": body["comment_id"], "public": False,
    },
    "ticket.comment_redacted": lambda body: {"type": "CommentRedactionEvent", "comment_id": body["comment_id"]},
}  # fmt: skip
_READERS: dict[str, Callable[[Body], list[Difference]]] = {
    "ticket.created": _of_creation,
    "ticket.changed": _of_change,
    "ticket.assigned": _of_assignment,
    "ticket.deleted": lambda body: [("status", None, "deleted")],
}

AUDITS = Noun(
    "audit", "audits", "ticket_audits", lambda call: first_events(), present_audits,
    orders={"created_at": "id", "id": "id"},
    references={"users": ("author_id",), "tickets": ("ticket_id",)},
)  # fmt: skip

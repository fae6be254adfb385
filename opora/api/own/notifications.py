"""Notifications: what the caller was told in the desk, and what they choose to be told of."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer, changed
from opora.api.wire.bodies import FLAG, WHOLE, Body, Json, unwrap_list
from opora.api.wire.call import Call
from opora.api.wire.offers import counted
from opora.api.wire.own import answer_of, listed, own, own_noun, own_one, single
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import flag, moment, number, one_of, words
from opora.notifications.actions.choose import choose_notifications
from opora.notifications.actions.read import read_all, read_notification
from opora.notifications.kinds import KINDS, Kind
from opora.notifications.models import Notification
from opora.notifications.queries import (
    Choice,
    choices_of,
    may_hear_of,
    notification_for,
    notifications_of,
    unread_count,
)
from opora.notifications.sentences import sentence_of, words_of
from opora.tickets.queries import ticket_for

READING = Body("reading", {"ticket_id": WHOLE})
PREFERENCES = Body("notification_preferences", {})
SHAPE = {
    "id": number("pk"), "kind": one_of("kind", Kind), "sentence": words(sentence_of), "words": words(words_of),
    "ticket_id": number("ticket_id", empty=True), "comment_id": number("comment_id", empty=True),
    "event_id": number("event_id"), "is_read": flag(lambda row: row.read_at is not None),
    "created_at": moment("created_at"), "read_at": moment("read_at", empty=True),
}  # fmt: skip
_CHOICE = answer_of({"kind": {"type": "string"}, "title": {"type": "string"}, "in_app": {"type": "boolean"}, "by_mail": {"type": "boolean"}})  # fmt: skip
_CHOICES = answer_of({"notification_preferences": {"type": "array", "items": _CHOICE}})
_COUNT = answer_of({"count": {"type": "object"}})


def _rows(call: Call) -> QuerySet[Notification]:
    return Notification.objects.filter(person=call.person, is_shown=True)


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Notification]:
    return notifications_of(call.person).filter(pk__in=ids)


NOTIFICATIONS = own_noun(
    "notification",
    path="notifications",
    rows=_rows,
    load=_load,
    shape=SHAPE,
    references={"tickets": ("ticket_id",)},
)
own_one(NOTIFICATIONS)


@own("GET", "notifications", answers=listed(NOTIFICATIONS))
def list_notifications(call: Call) -> Json:
    """List what the caller was told, newest first; `unread=true` leaves the read ones out."""
    rows = _rows(call)
    return list_of(
        call,
        NOTIFICATIONS,
        rows.filter(read_at=None) if call.param("unread") == "true" else rows,
        order="-id",
    )


@own("GET", "notifications/count", answers=_COUNT)
def count_unread(call: Call) -> Json:
    """Count what the caller has not read, up to a hundred."""
    return counted(unread_count(call.person))


@own("PUT", "notifications/{notification_id}/reading", answers=single(NOTIFICATIONS))
def mark_read(call: Call, notification_id: int) -> Any:
    """Mark one as read."""
    found = notification_for(call.person, notification_id)
    read_notification(found)
    return changed(call, NOTIFICATIONS, NOTIFICATIONS.find(call, found.pk).pk)


@own("PUT", "notifications/reading", takes=READING)
def mark_all_read(call: Call) -> Answer:
    """Mark all as read, or what concerns the ticket `ticket_id`."""
    given = call.read(READING) if call.body else {}
    ticket = ticket_for(call.person, given["ticket_id"]) if given.get("ticket_id") else None
    read_all(call.person, ticket=ticket)
    return NOTHING


@own("GET", "notification_preferences", answers=_CHOICES)
def show_preferences(call: Call) -> Json:
    """Show what the caller is told of in the desk and by mail."""
    choices = choices_of(call.person)
    return {
        "notification_preferences": [
            {"kind": kind.value, "title": str(about.title), "in_app": choices[kind].in_app, "by_mail": choices[kind].by_mail}
            for kind, about in KINDS.items()
            if may_hear_of(call.person, about)
        ]
    }  # fmt: skip


@own("PUT", "notification_preferences", takes=PREFERENCES, answers=_CHOICES)
def change_preferences(call: Call) -> Any:
    """Choose what the caller is told of; kinds that are not named stay as they are."""
    present = choices_of(call.person)
    wanted: dict[Kind, Choice] = {}
    for one in unwrap_list(call.body, "notification_preferences"):
        kind, before = _kind(one), present[_kind(one)]
        in_app, by_mail = one.get("in_app"), one.get("by_mail")
        wanted[kind] = Choice(
            before.in_app if in_app is None else FLAG.read("in_app", in_app),
            before.by_mail if by_mail is None else FLAG.read("by_mail", by_mail),
        )
    choose_notifications(call.person, wanted, by=call.person)
    return lambda: show_preferences(call)


def _kind(one: Any) -> Kind:
    if not isinstance(one, dict) or not isinstance(one.get("kind"), str) or one["kind"] not in Kind.values:
        raise invalid_record("kind", f"must be one of {', '.join(Kind.values)}")
    return Kind(one["kind"])

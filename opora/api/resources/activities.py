"""Activities: what colleagues and customers did in the last thirty days that concerns the caller."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet

from opora.api.nouns.users import USERS
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import counted, offer_one
from opora.api.wire.paging import list_of, tally
from opora.api.wire.problems import invalid_attribute
from opora.api.wire.routing import operation
from opora.api.wire.times import read_moment, stamp
from opora.core import clock
from opora.notifications.kinds import Kind
from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of, words_of

KEPT = timedelta(days=30)
VERBS = {
    Kind.ASSIGNED: "tickets.assignment", Kind.REPLIED: "tickets.comment", Kind.ANSWERED: "tickets.comment",
    Kind.NOTED: "tickets.comment", Kind.MENTIONED: "tickets.comment",
}  # fmt: skip
"""What the wire has a word for; the rest of what people are told is under `/api/v1/notifications`."""


def _rows(call: Call) -> QuerySet[Notification]:
    told = Notification.objects.filter(
        person=call.person, is_shown=True, kind__in=list(VERBS), ticket__isnull=False
    )
    return told.filter(created_at__gte=clock.now() - KEPT)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Notification.objects.select_related("event", "ticket").in_bulk(ids)
    actors = [row.event.actor_id for row in rows.values() if row.event.actor_id]
    people = USERS.present(call, list(dict.fromkeys([call.person.pk, *actors])))
    known = {person["id"]: person for person in people}
    return [_activity(call, rows[pk], known) for pk in ids if pk in rows]


def _activity(call: Call, row: Notification, people: dict[int, Json]) -> Json:
    ticket = row.ticket
    verb, about = VERBS[Kind(row.kind)], {"id": row.ticket_id, "subject": ticket.subject if ticket else ""}
    spoken = {"comment": {"value": words_of(row), "public": row.kind in {Kind.REPLIED, Kind.ANSWERED}}}
    return {
        "url": call.url(f"activities/{row.pk}"),
        "id": row.pk,
        "verb": verb,
        "title": f"{sentence_of(row)}: {about['subject']}",
        "user_id": call.person.pk,
        "actor_id": row.event.actor_id or -1,
        "user": people.get(call.person.pk),
        "actor": people.get(row.event.actor_id or 0),
        "object": spoken if verb == "tickets.comment" else {"ticket": about},
        "target": {"ticket": about},
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.created_at),
    }


ACTIVITIES = Noun(
    "activity", "activities", "activities", _rows, _present, orders={"created_at": "created_at", "id": "id"},
    references={"users": ("user_id",)},
)  # fmt: skip
offer_one(ACTIVITIES)


@operation("GET", "activities")
def list_activities(call: Call) -> Json:
    """List what concerns the caller, newest first, with everybody named; `since` leaves out what is older."""
    rows, since = _rows(call), call.param("since")
    moment = read_moment(since) if since else None
    if since and moment is None:
        raise invalid_attribute("since", "must be a moment")
    page = list_of(call, ACTIVITIES, rows.filter(created_at__gt=moment) if moment else rows, order="-id")
    return {**page, **_named(page["activities"])}


def _named(activities: Sequence[Json]) -> dict[str, list[Json]]:
    """Who is told and who did it, each once."""
    users = {one["user_id"]: one["user"] for one in activities}
    actors = {one["actor_id"]: one["actor"] for one in activities}
    return {
        "users": [user for user in users.values() if user],
        "actors": [actor for actor in actors.values() if actor],
    }


@operation("GET", "activities/count")
def count_activities(call: Call) -> Json:
    """Count what concerns the caller."""
    return counted(tally(_rows(call)))

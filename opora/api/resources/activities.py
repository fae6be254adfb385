"""Activities: what the caller was told of, as the wire's stream of assignments, words and changes."""

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from opora.api.nouns.users import USERS
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import offer_count, offer_one
from opora.api.wire.paging import list_of
from opora.api.wire.routing import operation
from opora.api.wire.times import stamp
from opora.notifications.kinds import Kind
from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of, words_of

VERBS: Mapping[str, str] = {
    Kind.ASSIGNED: "tickets.assignment",
    Kind.GROUP: "tickets.assignment",
    Kind.REPLIED: "tickets.comment",
    Kind.ANSWERED: "tickets.comment",
    Kind.NOTED: "tickets.comment",
    Kind.MENTIONED: "tickets.comment",
}
"""Other news of the desk has no word on the wire and stays out of the stream."""


def _rows(call: Call) -> QuerySet[Notification]:
    return Notification.objects.filter(
        person=call.person, is_shown=True, kind__in=VERBS, ticket__isnull=False
    )


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Notification.objects.select_related("event", "ticket").in_bulk(ids)
    numbers = {row.event.actor_id for row in rows.values() if row.event.actor_id} | {call.person.pk}
    people = {user["id"]: user for user in USERS.present(call, sorted(numbers))}
    return [_activity(call, rows[pk], people) for pk in ids if pk in rows]


def _activity(call: Call, row: Notification, people: Mapping[int, Json]) -> Json:
    ticket = {"id": row.ticket_id, "subject": row.ticket.subject if row.ticket else ""}
    verb = VERBS[row.kind]
    said = {"comment": {"value": words_of(row), "public": row.kind != Kind.NOTED}}
    return {
        "url": call.url(f"activities/{row.pk}"),
        "id": row.pk,
        "title": sentence_of(row),
        "verb": verb,
        "user_id": call.person.pk,
        "actor_id": row.event.actor_id,
        "updated_at": stamp(row.created_at),
        "created_at": stamp(row.created_at),
        "object": {"ticket": ticket, **(said if verb == "tickets.comment" else {})},
        "target": {"ticket": ticket},
        "user": people[call.person.pk],
        "actor": people.get(row.event.actor_id or 0),
    }


ACTIVITIES = Noun(
    "activity", "activities", "activities", _rows, _present, orders={"created_at": "id", "id": "id"},
    references={"users": ("user_id", "actor_id")},
)  # fmt: skip
offer_one(ACTIVITIES)
offer_count(ACTIVITIES)


@operation("GET", "activities")
def list_activities(call: Call) -> Json:
    """List what the caller was told of, with everybody who is named."""
    page = list_of(call, ACTIVITIES, _rows(call))
    people: dict[str, dict[int | None, Json | None]] = {"users": {}, "actors": {}}
    for one in page["activities"]:
        people["users"][one["user_id"]] = one["user"]
        people["actors"][one["actor_id"]] = one["actor"]
    named = {name: [one for one in found.values() if one] for name, found in people.items()}
    return {**page, **named}

"""Tickets in the bin, as few words."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.problems import restricted
from opora.api.wire.times import stamp
from opora.events.models import Event
from opora.people.policy import may
from opora.tickets.models import Category, Ticket
from opora.tickets.policy import visible_tickets


def _rows(call: Call) -> QuerySet[Ticket]:
    if not may(call.person, "tickets.delete"):
        raise restricted()
    return Ticket.objects.filter(visible_tickets(call.person), removed_as=Ticket.Removed.DELETED)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Ticket.objects.in_bulk(ids)
    events = Event.objects.filter(subject_kind="ticket", subject_id__in=ids, kind="ticket.deleted").order_by(
        "id"
    )
    actors = {
        pk: (actor, name) for pk, actor, name in events.values_list("subject_id", "actor_id", "actor_name")
    }
    return [_deleted(rows[pk], *actors.get(pk, (None, ""))) for pk in ids if pk in rows]


def _deleted(row: Ticket, actor_id: int | None, actor_name: str) -> Json:
    return {
        "id": row.pk,
        "subject": row.subject,
        "description": "",
        "actor": {"id": actor_id, "name": actor_name},
        "deleted_at": stamp(row.removed_at),
        "previous_state": Category(row.category).word,
    }


DELETED_TICKETS = Noun(
    "deleted_ticket", "deleted_tickets", "deleted_tickets", _rows, _present,
    orders={"id": "id", "subject": "subject", "deleted_at": "removed_at"},
)  # fmt: skip

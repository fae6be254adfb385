"""Queues: which tickets are given to whom, and how one of those people is chosen."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer, changed
from opora.api.wire.bodies import FLAG, OBJECT, WHOLE, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.own import listed, made, own, own_list, own_noun, own_one, single
from opora.api.wire.paging import list_of
from opora.api.wire.shapes import (
    bounded,
    chosen,
    flag,
    free,
    given_fields,
    many,
    moment,
    number,
    one_of,
    words,
)
from opora.api.writes.values import group_of
from opora.people.policy import may, require
from opora.routing.actions.save_queue import remove_queue, save_queue
from opora.routing.jobs import waiting_rows
from opora.routing.models import Queue, Waiting
from opora.routing.policy import SETTINGS
from opora.routing.queries import queues, waiting_by_queue
from opora.tickets.models import Ticket
from opora.tickets.policy import visible_tickets

_NAMES = {
    "name": "name", "conditions": "conditions", "strategy": "strategy", "language": "language",
    "relax_minutes": "relax_minutes", "sticky": "is_sticky", "takes_back": "takes_back", "active": "is_active",
    "position": "position",
}  # fmt: skip
QUEUE = Body(
    "queue",
    {
        "name": text(120), "conditions": OBJECT, "group_id": WHOLE, "strategy": chosen(Queue.Strategy),
        "language": chosen(Queue.Language), "relax_minutes": bounded(0, 10_080), "sticky": FLAG, "takes_back": FLAG,
        "active": FLAG, "position": bounded(0, 10_000),
    },
)  # fmt: skip
SHAPE = {
    "id": number("pk"), "name": words("name"), "conditions": free("conditions"),
    "group_id": number("group_id", empty=True), "strategy": one_of("strategy", Queue.Strategy),
    "language": one_of("language", Queue.Language), "relax_minutes": number("relax_minutes"),
    "sticky": flag("is_sticky"), "takes_back": flag("takes_back"), "active": flag("is_active"),
    "position": number("position"), "waiting_count": number("waiting_count"),
}  # fmt: skip
_NEED = {
    "type": "object",
    "properties": {
        "skill_id": {"type": "integer"},
        "level": {"type": "integer"},
        "firm": {"type": "boolean"},
    },
}
WAITING_SHAPE = {
    "ticket_id": number("ticket_id"), "queue_id": number("queue_id"), "since": moment("since"),
    "needs": many(lambda row: needs_json(row.needs), _NEED), "not_to_user_ids": many("not_to", {"type": "integer"}),
}  # fmt: skip


def needs_json(rows: Iterable[Sequence[int]]) -> list[Json]:
    """Return what is asked for, a skill each."""
    return [{"skill_id": skill, "level": level, "firm": bool(firm)} for skill, level, firm in rows]


def _rows(call: Call) -> QuerySet[Queue]:
    require(may(call.person, SETTINGS))
    return queues()


def _load(call: Call, ids: Sequence[int]) -> list[Queue]:
    waiting, found = waiting_by_queue(), list(Queue.objects.filter(pk__in=ids))
    for queue in found:
        queue.waiting_count = waiting.get(queue.pk, 0)  # type: ignore[attr-defined]
    return found


def _waiting(call: Call) -> QuerySet[Waiting]:
    seen = Ticket.objects.live().filter(visible_tickets(call.person)).values("pk")
    return waiting_rows().filter(ticket__in=seen)


def _load_waiting(call: Call, ids: Sequence[int]) -> QuerySet[Waiting]:
    return Waiting.objects.filter(pk__in=ids)


QUEUES = own_noun(
    "queue", path="queues", rows=_rows, load=_load, shape=SHAPE,
    orders={"position": "position", "id": "id", "name": "name"}, references={"groups": ("group_id",)},
)  # fmt: skip
WAITING = own_noun(
    "waiting_ticket", path="", rows=_waiting, load=_load_waiting, shape=WAITING_SHAPE, orders={"since": "since"},
    references={"tickets": ("ticket_id",), "queues": ("queue_id",)},
)  # fmt: skip
own_list(QUEUES, order="position")
own_one(QUEUES)


@own("GET", "waiting_tickets", answers=listed(WAITING))
def list_waiting(call: Call) -> Json:
    """List the tickets that queues have to give to somebody, those that wait longest first; `queue_id` narrows them."""
    queue_id, rows = call.number("queue_id"), _waiting(call)
    return list_of(call, WAITING, rows.filter(queue_id=queue_id) if queue_id else rows, order="since")


@own("POST", "queues", takes=QUEUE, answers=single(QUEUES))
def create_queue(call: Call) -> Answer:
    """Add a queue; it comes last."""
    return made(call, QUEUES, save_queue(by=call.person, **_fields(call.read(QUEUE))).pk)


@own("PUT", "queues/{queue_id}", takes=QUEUE, answers=single(QUEUES))
def update_queue(call: Call, queue_id: int) -> Any:
    """Change a queue."""
    queue = save_queue(QUEUES.find(call, queue_id), by=call.person, **_fields(call.read(QUEUE)))
    return changed(call, QUEUES, queue.pk)


@own("DELETE", "queues/{queue_id}")
def delete_queue(call: Call, queue_id: int) -> Answer:
    """Remove a queue; what waited in it is sorted into the others."""
    remove_queue(QUEUES.find(call, queue_id), by=call.person)
    return NOTHING


def _fields(given: Json) -> Json:
    fields = given_fields(given, _NAMES)
    if "group_id" in given:
        fields["group"] = group_of(given["group_id"])
    return fields

"""Whose a ticket is and why: what queues decided, with everybody who was thought of."""

from typing import Any

from opora.api.wire.answers import Answer
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, own
from opora.api.wire.problems import not_found
from opora.events.models import Event
from opora.routing.actions.return_ticket import return_ticket
from opora.routing.explaining import as_json, decisions_of, last_account, present_account, recorded_account
from opora.tickets.queries import ticket_for

_WORD, _NUMBER, _COUNT = {"type": "string"}, {"type": "number"}, {"type": "integer"}
_OBJECTS = {"type": "array", "items": {"type": "object"}}
_ACCOUNT = {
    "ticket_id": _COUNT, "queue": _WORD, "strategy": _WORD, "at": {"type": "string", "format": "date-time"},
    "assignee": {"type": "string", "nullable": True}, "reason": _WORD, "weight": _NUMBER, "waited_seconds": _COUNT,
    "levels_given_up": _COUNT, "knows_customer": {"type": "boolean"}, "needs": _OBJECTS, "fitting": _OBJECTS,
    "left_out": _OBJECTS, "counts": {"type": "object"},
}  # fmt: skip
_ASSIGNMENT = answer_of({"id": _COUNT, **_ACCOUNT})


@own("GET", "tickets/{ticket_id}/assignments", answers=answer_of({"assignments": {"type": "array", "items": _ASSIGNMENT}}))  # fmt: skip
def list_assignments(call: Call, ticket_id: int) -> Json:
    """List the last twenty assignments of a ticket by queues, newest first, each with its account."""
    ticket = ticket_for(call.person, ticket_id)
    return {"assignments": [_recorded(event) for event in decisions_of(ticket)]}


@own("GET", "tickets/{ticket_id}/assignments/{event_id}", answers=answer_of({"assignment": _ASSIGNMENT}))
def show_assignment(call: Call, ticket_id: int, event_id: int) -> Json:
    """Show one assignment: who could have had it, who was left out and why."""
    ticket = ticket_for(call.person, ticket_id)
    found = next((event for event in decisions_of(ticket) if event.pk == event_id), None)
    if found is None:
        raise not_found()
    return {"assignment": _recorded(found)}


@own("GET", "tickets/{ticket_id}/routing",
     answers=answer_of({"routing": answer_of({"waiting": {"type": "boolean"}, "account": {"type": "object", "nullable": True, "properties": _ACCOUNT}})}))  # fmt: skip
def show_routing(call: Call, ticket_id: int) -> Json:
    """Show what a queue thinks of a waiting ticket now, or why whoever has it was chosen."""
    ticket = ticket_for(call.person, ticket_id)
    present = present_account(ticket)
    account = present or last_account(ticket)
    return {"routing": {"waiting": present is not None, "account": as_json(account) if account else None}}


@own("POST", "tickets/{ticket_id}/return",
     answers=answer_of({"return": answer_of({"ticket_id": _COUNT, "assignee_id": {"type": "integer", "nullable": True}})}))  # fmt: skip
def give_back(call: Call, ticket_id: int) -> Answer:
    """Take a ticket off its assignee and let its queue choose somebody else."""
    ticket = return_ticket(ticket_for(call.person, ticket_id), by=call.person)

    def shown() -> Any:
        ticket.refresh_from_db()
        return {"return": {"ticket_id": ticket.pk, "assignee_id": ticket.assignee_id}}

    return Answer(shown, 201)


def _recorded(event: Event) -> Json:
    return {"id": event.pk, **as_json(recorded_account(event))}

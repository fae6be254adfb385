"""Escalations: a ticket handed to another group, and what that group answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import Answer
from opora.api.wire.bodies import LONG_TEXT, OBJECTS, WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, listed, made, own, own_noun, own_one, single
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import bounded, chosen, flag, many, moment, number, one_of, words
from opora.api.writes.values import group_of
from opora.routing.actions.accept_escalation import accept_escalation
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.hand_back import hand_back
from opora.routing.actions.reject_escalation import reject_escalation
from opora.routing.actions.withdraw_escalation import withdraw_escalation
from opora.routing.escalations import escalation_for, escalations_for, lines, measures_of
from opora.routing.models import Escalation
from opora.tickets.models import Attachment
from opora.tickets.queries import ticket_for

ESCALATION = Body(
    "escalation", {"line_id": WHOLE, "reason": LONG_TEXT, "answers": OBJECTS}, ("line_id", "reason")
)
REJECTION = Body("rejection", {"refusal": chosen(Escalation.Refusal), "words": LONG_TEXT})
ANSWER = Body("answer", {"body": LONG_TEXT}, ("body",))
_ID = bounded(1, 2**63 - 1)
_TEXT = {"type": "string"}
_ANSWER = answer_of(
    {
        "item_id": {"type": "integer", "nullable": True}, "title": _TEXT, "kind": _TEXT, "text": _TEXT,
        "attachment_id": {"type": "integer", "nullable": True},
    }
)  # fmt: skip
_MEASURES = (
    "opened",
    "accepted",
    "rejected",
    "incomplete",
    "answered",
    "acceptance",
    "rejection",
    "accept_seconds",
)


def _answers(row: Escalation) -> list[Json]:
    return [
        {"item_id": one.item_id, "title": one.title, "kind": one.kind, "text": one.text, "attachment_id": one.attachment_id}
        for one in row.answers.all()
    ]  # fmt: skip


SHAPE = {
    "id": number("pk"), "ticket_id": number("ticket_id"), "state": one_of("state", Escalation.State),
    "from_group_id": number("from_group_id", empty=True), "from_user_id": number("from_person_id", empty=True),
    "to_group_id": number("to_group_id"), "takes_over": flag("takes_over"), "reason": words("reason"),
    "answers": many(_answers, _ANSWER), "opened_by_id": number("opened_by_id"), "opened_at": moment("opened_at"),
    "accepted_by_id": number("accepted_by_id", empty=True), "accepted_at": moment("accepted_at", empty=True),
    "closed_by_id": number("closed_by_id", empty=True), "closed_at": moment("closed_at", empty=True),
    "refusal": one_of("refusal", Escalation.Refusal, empty=True), "answer": words("answer"),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Escalation]:
    return escalations_for(call.person, group=group_of(call.number("group_id")), state=call.param("state"))


def _known(call: Call) -> QuerySet[Escalation]:
    return escalations_for(call.person, group=None, state="")


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Escalation]:
    return Escalation.objects.filter(pk__in=ids).prefetch_related("answers")


ESCALATIONS = own_noun(
    "escalation", path="escalations", rows=_rows, known=_known, load=_load, shape=SHAPE,
    references={"tickets": ("ticket_id",), "groups": ("from_group_id", "to_group_id"),
                "users": ("from_user_id", "opened_by_id", "accepted_by_id", "closed_by_id")},
)  # fmt: skip
own_one(ESCALATIONS)


@own("GET", "escalations", answers=listed(ESCALATIONS))
def list_escalations(call: Call) -> Json:
    """List escalations, newest first; `group_id` and `state` narrow them."""
    return list_of(call, ESCALATIONS, _rows(call), order="-id")


@own("GET", "escalations/measures", answers=answer_of({"measures": {"type": "object"}}))
def show_measures(call: Call) -> Json:
    """Show what became of the escalations of the last thirty days, of one group (`group_id`) or of all."""
    found = measures_of(group_of(call.number("group_id")))
    return {"measures": {name: getattr(found, name) for name in _MEASURES}}


@own("GET", "tickets/{ticket_id}/escalations", answers=listed(ESCALATIONS))
def list_of_ticket(call: Call, ticket_id: int) -> Json:
    """List the escalations of a ticket, newest first."""
    ticket = ticket_for(call.person, ticket_id)
    return list_of(call, ESCALATIONS, ticket.escalations.all(), order="-id")


@own("POST", "tickets/{ticket_id}/escalations", takes=ESCALATION, answers=single(ESCALATIONS))
def escalate(call: Call, ticket_id: int) -> Answer:
    """Ask another group for its part, with answers to its checklist: `item_id` with `text` or `attachment_id`."""
    ticket, given = ticket_for(call.person, ticket_id), call.read(ESCALATION)
    line = lines().filter(pk=given.get("line_id") or 0).first()
    if line is None:
        raise invalid_record("line_id", "is invalid")
    answers = {_ID.read("item_id", one.get("item_id")): one for one in given.get("answers") or []}
    new = NewEscalation(
        line=line,
        reason=given.get("reason") or "",
        answers={pk: LONG_TEXT.read("text", one["text"]) for pk, one in answers.items() if one.get("text")},
        files=_files(call, answers),
    )
    return made(call, ESCALATIONS, escalate_ticket(ticket, new, by=call.person).pk)


def _files(call: Call, answers: Mapping[int, Json]) -> dict[int, Attachment]:
    """Files that the caller has uploaded and nobody has used yet, by the item that they answer."""
    wanted = {
        pk: _ID.read("attachment_id", one["attachment_id"])
        for pk, one in answers.items()
        if one.get("attachment_id")
    }
    free = Attachment.objects.filter(uploader=call.person, comment=None).in_bulk(list(wanted.values()))
    if len(free) != len(set(wanted.values())):
        raise invalid_record("attachment_id", "is invalid")
    return {pk: free[file] for pk, file in wanted.items()}


@own("POST", "escalations/{escalation_id}/acceptance", answers=single(ESCALATIONS))
def accept(call: Call, escalation_id: int) -> Answer:
    """Take an escalation."""
    return _after(call, accept_escalation(escalation_for(call.person, escalation_id), by=call.person))


@own("POST", "escalations/{escalation_id}/rejection", takes=REJECTION, answers=single(ESCALATIONS))
def reject(call: Call, escalation_id: int) -> Answer:
    """Send an escalation back unaccepted, and say why."""
    given = call.read(REJECTION)
    refusal = given.get("refusal") or Escalation.Refusal.OTHER
    found = escalation_for(call.person, escalation_id)
    return _after(
        call, reject_escalation(found, by=call.person, refusal=refusal, words=given.get("words") or "")
    )


@own("POST", "escalations/{escalation_id}/answer", takes=ANSWER, answers=single(ESCALATIONS))
def answer(call: Call, escalation_id: int) -> Answer:
    """Answer an escalation and hand the ticket back."""
    given, found = call.read(ANSWER), escalation_for(call.person, escalation_id)
    return _after(call, hand_back(found, by=call.person, answer=given.get("body") or ""))


@own("POST", "escalations/{escalation_id}/withdrawal", answers=single(ESCALATIONS))
def withdraw(call: Call, escalation_id: int) -> Answer:
    """Take an escalation back."""
    return _after(call, withdraw_escalation(escalation_for(call.person, escalation_id), by=call.person))


def _after(call: Call, escalation: Escalation) -> Any:
    return made(call, ESCALATIONS, escalation.pk)

"""Forwards: messages of a ticket passed on to somebody outside, and the talk beside the customer's."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import IDS, LONG_TEXT, TEXT, TEXTS, WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, listed, made, own, own_noun, own_one, single
from opora.api.wire.paging import list_of
from opora.api.wire.shapes import free, many, moment, number, words
from opora.channels.email.outgoing.passing import refuse_impossible
from opora.core.html import text_to_html
from opora.core.refusals import Conflict
from opora.tickets.actions.forward import NewForward, forward_messages
from opora.tickets.actions.schedule_reply import cancel_reply
from opora.tickets.models import Forward, ScheduledReply, Ticket
from opora.tickets.policy import visible_tickets
from opora.tickets.queries import ticket_for

FORWARD = Body(
    "forward",
    {
        "to": TEXTS, "cc": TEXTS, "subject": TEXT, "body": LONG_TEXT, "comment_ids": IDS, "attachment_ids": IDS,
        "upload_ids": IDS, "answers_id": WHOLE,
    },
    ("to",),
)  # fmt: skip
_STATES = ("waiting", "left", "taken_back", "refused")
_CORRESPONDENT = answer_of({"name": {"type": "string"}, "address": {"type": "string"}})
_ID = {"type": "integer"}


def _state(row: Forward) -> str:
    if row.comment_id:
        return "left"
    leaving = _leaving(row)
    if leaving is None or leaving.cancelled_at is None:
        return "waiting"
    return "refused" if leaving.problem else "taken_back"


def _leaving(row: Forward) -> ScheduledReply | None:
    return getattr(row, "scheduled", None)


def _people(pairs: Sequence[Sequence[str]]) -> list[Json]:
    return [{"name": name, "address": address} for name, address in pairs]


SHAPE = {
    "id": number("pk"), "ticket_id": number("ticket_id"), "author_id": number("author_id"),
    "state": free(_state, {"type": "string", "enum": list(_STATES)}),
    "comment_id": number("comment_id", empty=True), "answers_id": number("answers_id", empty=True),
    "to": many(lambda row: _people(row.to), _CORRESPONDENT), "cc": many(lambda row: _people(row.cc), _CORRESPONDENT),
    "subject": words("subject"), "comment_ids": many("comment_ids", _ID), "attachment_ids": many("attachment_ids", _ID),
    "problem": words(lambda row: getattr(_leaving(row), "problem", "")), "created_at": moment("created_at"),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Forward]:
    seen = Ticket.objects.live().filter(visible_tickets(call.person)).values("pk")
    return Forward.objects.filter(ticket__in=seen)


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Forward]:
    return Forward.objects.filter(pk__in=ids).select_related("scheduled")


FORWARDS = own_noun(
    "forward", path="forwards", rows=_rows, load=_load, shape=SHAPE,
    references={"users": ("author_id",), "tickets": ("ticket_id",)},
)  # fmt: skip
own_one(FORWARDS)


@own("GET", "tickets/{ticket_id}/forwards", answers=listed(FORWARDS))
def list_forwards(call: Call, ticket_id: int) -> Json:
    """List what was passed on from a ticket, oldest first."""
    ticket = ticket_for(call.person, ticket_id)
    return list_of(call, FORWARDS, ticket.forwards.all())


@own("POST", "tickets/{ticket_id}/forwards", takes=FORWARD, answers=single(FORWARDS))
def forward_ticket(call: Call, ticket_id: int) -> Answer:
    """Pass messages of a ticket on to somebody outside; they leave in ten seconds."""
    ticket, given = ticket_for(call.person, ticket_id), call.read(FORWARD)
    new = _new(ticket, given)
    refuse_impossible(ticket, [*new.to, *new.cc])
    scheduled = forward_messages(ticket, new, by=call.person)
    return made(call, FORWARDS, scheduled.forward_id or 0)


@own("DELETE", "forwards/{forward_id}")
def take_back(call: Call, forward_id: int) -> Answer:
    """Take a forward back before it leaves; what has left stays (422)."""
    scheduled = _leaving(FORWARDS.find(call, forward_id))
    if scheduled is None:
        raise Conflict("The forward has left already.")
    cancel_reply(scheduled, by=call.person)
    return NOTHING


def _new(ticket: Ticket, given: Json) -> NewForward:
    answers: Any = ticket.forwards.filter(pk=given.get("answers_id") or 0).first()
    return NewForward(
        to=given.get("to") or [],
        cc=given.get("cc") or [],
        subject=given.get("subject") or "",
        html=text_to_html(given.get("body") or ""),
        comment_ids=given.get("comment_ids") or [],
        attachment_ids=given.get("attachment_ids") or [],
        upload_ids=given.get("upload_ids") or [],
        answers=answers,
    )

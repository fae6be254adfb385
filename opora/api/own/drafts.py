"""Drafts: what somebody has typed on a ticket and not sent. An assistant that prepares answers leaves them here."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.wire.answers import NOTHING, Answer, one_of
from opora.api.wire.bodies import IDS, LONG_TEXT, TEXTS, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.own import own, own_list, own_noun, single
from opora.api.wire.problems import not_found
from opora.api.wire.shapes import chosen, many, moment, number, words
from opora.api.wire.shapes import one_of as word
from opora.tickets.actions.save_draft import discard_draft, save_draft
from opora.tickets.models import Draft
from opora.tickets.queries import ticket_for

DRAFT = Body(
    "draft", {"kind": chosen(Draft.Kind), "html_body": LONG_TEXT, "cc": TEXTS, "attachment_ids": IDS}
)
SHAPE = {
    "id": number("pk"), "ticket_id": number("ticket_id"), "user_id": number("person_id"),
    "kind": word("kind", Draft.Kind), "html_body": words("html"), "cc": many("cc", {"type": "string"}),
    "attachment_ids": many("attachment_ids", {"type": "integer"}), "updated_at": moment("updated_at"),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Draft]:
    return Draft.objects.filter(person=call.person)


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Draft]:
    return Draft.objects.filter(pk__in=ids)


DRAFTS = own_noun(
    "draft", path="", rows=_rows, load=_load, shape=SHAPE, references={"tickets": ("ticket_id",)}
)
own_list(DRAFTS, "drafts")


@own("GET", "tickets/{ticket_id}/draft", answers=single(DRAFTS))
def show_draft(call: Call, ticket_id: int) -> Json:
    """Show the caller's own draft on a ticket; 404 when there is none."""
    found = _rows(call).filter(ticket=ticket_for(call.person, ticket_id)).first()
    if found is None:
        raise not_found()
    return one_of(call, DRAFTS, found.pk)


@own("PUT", "tickets/{ticket_id}/draft", takes=DRAFT, answers=single(DRAFTS))
def keep_draft(call: Call, ticket_id: int) -> Answer:
    """Keep a draft in the place of the one before; a person who opens the ticket finds it in the composer.

    With `X-On-Behalf-Of` it is that person's. An empty one is removed (204).
    """
    given = call.read(DRAFT)
    draft = save_draft(
        ticket_for(call.person, ticket_id),
        by=call.person,
        kind=given.get("kind") or Draft.Kind.REPLY,
        html=given.get("html_body") or "",
        cc=given.get("cc") or [],
        attachment_ids=given.get("attachment_ids") or [],
    )
    return Answer(one_of(call, DRAFTS, draft.pk)) if draft else NOTHING


@own("DELETE", "tickets/{ticket_id}/draft")
def throw_draft_away(call: Call, ticket_id: int) -> Answer:
    """Throw the caller's draft on a ticket away."""
    discard_draft(ticket_for(call.person, ticket_id), by=call.person)
    return NOTHING

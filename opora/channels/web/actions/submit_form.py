"""A customer writes through the public form of a brand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from opora.core.html import text_to_html
from opora.core.language import guess_language
from opora.events.actor import SYSTEM, Actor
from opora.events.recording import update
from opora.people.actions.create_person import create_person
from opora.people.models import Brand
from opora.tickets.actions.comment import NewComment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.models import Attachment, Comment, Ticket, TicketForm


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """What the form holds; `values` are custom fields by id, `locale` is the language of the page."""

    name: str
    email: str
    subject: str
    message: str
    locale: str
    form: TicketForm | None = None
    values: dict[int, Any] = field(default_factory=dict)
    attachments: Sequence[Attachment] = ()


def submit_form(brand: Brand, sent: Submitted) -> Ticket | None:
    """Open a ticket of the brand. None, without a word to the outside, when the writer is suspended.

    Nothing proves the address, so a colleague's counts as a customer's. Raises `Invalid` for a value that does not fit.
    """
    with transaction.atomic():
        with update(SYSTEM, via="form"):
            person = create_person(by=SYSTEM, name=sent.name, email=sent.email)
        if person.suspended_at:
            return None
        by = Actor("customer", person.pk, str(person))
        new = NewTicket(
            subject=sent.subject,
            requester=person,
            brand=brand,
            form=sent.form,
            values=sent.values,
            channel="form",
            locale=guess_language(sent.message) or sent.locale,
        )
        comment = NewComment(
            html=text_to_html(sent.message),
            text=sent.message,
            author=person,
            author_kind=Comment.AuthorKind.CUSTOMER,
            channel="form",
            attachments=sent.attachments,
        )
        with update(by, via="form"):
            return create_ticket(new, by=by, comment=comment)

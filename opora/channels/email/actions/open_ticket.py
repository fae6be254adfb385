"""A mail begins a ticket: a new matter, a follow-up of a closed one, or something a colleague passed on."""

from dataclasses import replace

from django.utils.translation import pgettext

from opora.channels.email.reading.letter import Letter
from opora.channels.email.reading.standing import Standing
from opora.core.html import text_to_html
from opora.core.language import guess_language
from opora.core.text import one_line
from opora.events.actor import SYSTEM
from opora.people.actions.create_person import create_person
from opora.people.models import Person
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.models import Comment, Ticket


def open_ticket(letter: Letter, comment: NewComment, *, standing: Standing) -> Comment:
    """Open a ticket and return its first comment.

    When a colleague forwards what a customer wrote to them, the customer is the requester and the colleague the
    submitter; what the colleague wrote above it becomes an internal note.
    """
    offer = comment.details["mail"].get("forward")
    if offer and standing.person.is_colleague and letter.thread is None:
        return _open_forwarded(letter, comment, offer, standing=standing)
    former = letter.thread.ticket if letter.thread else None
    speaks_for_them = standing.is_agent or standing.is_partner
    requester = former.requester if former and speaks_for_them else standing.person
    new = _new_ticket(letter, requester, comment.text or "")
    ticket = create_ticket(replace(new, follow_up_of=former, submitter=standing.person), by=standing.by)
    return add_comment(ticket, comment, by=standing.by, is_first=True)


def _open_forwarded(
    letter: Letter, comment: NewComment, offer: dict[str, str], *, standing: Standing
) -> Comment:
    customer = create_person(by=SYSTEM, name=offer["name"], email=offer["address"])
    new = replace(
        _new_ticket(letter, customer, offer["body"]),
        subject=offer["subject"] or letter.message.subject,
        submitter=standing.person,
    )
    said = replace(
        comment,
        html=text_to_html(offer["body"]),
        text=offer["body"],
        quoted_html="",
        author=customer,
        author_kind=Comment.AuthorKind.CUSTOMER,
    )
    ticket = create_ticket(new, by=standing.by)
    first = add_comment(ticket, said, by=standing.by, is_first=True)
    if offer["message"].strip():
        _note(ticket, offer["message"], standing.person)
    return first


def _note(ticket: Ticket, text: str, author: Person) -> None:
    note = NewComment(
        html=text_to_html(text),
        author=author,
        author_kind=Comment.AuthorKind.AGENT,
        is_public=False,
        channel="email",
    )
    add_comment(ticket, note, by=SYSTEM)


def _new_ticket(letter: Letter, requester: Person, text: str) -> NewTicket:
    mail = letter.mail
    return NewTicket(
        subject=letter.message.subject.strip()
        or one_line(text[:500], limit=80)
        or pgettext("mail", "(no subject)"),
        requester=requester,
        brand=mail.mailbox.brand,
        group=mail.mailbox.group or letter.house.group,
        status=letter.house.status,
        form=letter.house.forms[letter.mail.brand_id],
        channel="email",
        received_at=mail.recipient,
        locale=guess_language(text or letter.message.reply_text),
    )

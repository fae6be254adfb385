"""A mail that may pass becomes a comment: on the ticket it answers, or as the beginning of one."""

from collections.abc import Iterable

from django.db.models import QuerySet

from opora.channels.email.actions.open_ticket import open_ticket
from opora.channels.email.models import InboundMail
from opora.channels.email.queries import unknown_person
from opora.channels.email.reading.details import details_of
from opora.channels.email.reading.files import make_attachments
from opora.channels.email.reading.letter import Letter
from opora.channels.email.reading.screening import is_machine_address
from opora.channels.email.reading.standing import Standing, standing_of
from opora.channels.email.reading.threads import awaited_id
from opora.channels.email.reading.words import words_of
from opora.core.prepared import prepared, write
from opora.core.refusals import Invalid
from opora.events.actor import SYSTEM
from opora.events.recording import update
from opora.people.actions.create_person import create_person
from opora.people.actions.mark_undeliverable import mark_deliverable
from opora.people.addresses import normalise_email
from opora.people.models import Identity, Person
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.models import Collaboration, Comment, Ticket

MOST_COPIED = 30
"""More people than this in copy are not taken along."""


def accept_mail(letter: Letter) -> Ticket:
    """Add the mail to its ticket, or open one; runs inside the transaction that claimed the mail."""
    thread = letter.thread
    if thread and _is_copy(letter):
        return thread.ticket
    person = _writer(letter)
    standing = standing_of(person, letter)
    attachments = make_attachments(letter.files, uploader=person)
    words = words_of(letter.message, attachments)
    comment = NewComment(
        html=words.html,
        text=words.text,
        quoted_html=words.quoted_html,
        author=person,
        author_kind=standing.author_kind,
        is_public=standing.is_public,
        channel="email",
        is_auto_reply=letter.message.is_auto_reply,
        attachments=attachments,
        details=details_of(letter, standing, words),
    )
    with update(standing.by, via="mail", savepoint=False):
        made = _place(letter, comment, standing)
        _take_along(made.ticket, letter, standing)
        letter.mail.ticket, letter.mail.comment = made.ticket, made
        letter.mail.forward = thread.forward if thread else None
        letter.mail.awaits = "" if thread else awaited_id(letter.message)
        write(letter.mail, "ticket", "comment", "forward", "awaits")
    return made.ticket


def _place(letter: Letter, comment: NewComment, standing: Standing) -> Comment:
    thread = letter.thread
    if thread and not thread.ticket.is_closed and thread.ticket.removed_at is None:
        return add_comment(thread.ticket, comment, by=standing.by)
    return open_ticket(letter, comment, standing=standing)


def _is_copy(letter: Letter) -> bool:
    """Whether the same message is on this ticket already, through another brand's mailbox."""
    mail, ticket = letter.mail, letter.thread.ticket if letter.thread else None
    others = InboundMail.objects.filter(fingerprint=mail.fingerprint, ticket=ticket).exclude(pk=mail.pk)
    first = others.first() if ticket else None
    if first:
        mail.state, mail.ticket, mail.comment = InboundMail.State.DUPLICATE, ticket, first.comment
        mail.save(update_fields=["state", "ticket", "comment"])
    return first is not None


def _writer(letter: Letter) -> Person:
    """Whoever wrote; becomes known if they are not. An address that bounced works again, evidently."""
    if letter.sender:
        if not letter.message.is_auto_reply:
            _revive(letter.sender, letter.mail.sender)
        return letter.sender
    letter.sender = _known_by(letter.mail.sender, letter.mail.sender_name)
    return letter.sender or unknown_person()


def _known_by(address: str, name: str) -> Person | None:
    try:
        return create_person(by=SYSTEM, name=name, email=address) if address else None
    except Invalid:
        return None


def _revive(person: Person, address: str) -> None:
    for identity in _undeliverable(person.pk):
        if identity.value == address:
            mark_deliverable(identity, by=SYSTEM)


@prepared
def _undeliverable(person_id: int) -> QuerySet[Identity]:
    return Identity.objects.filter(person_id=person_id, undeliverable_at__isnull=False)


def _take_along(ticket: Ticket, letter: Letter, standing: Standing) -> None:
    """Put people in copy: those the mail names, and a stranger who answered. Colleagues follow instead.

    Nobody joins the customer's conversation by a talk beside it.
    """
    if standing.is_partner:
        return
    if letter.message.is_auto_reply or letter.message.list_id:
        return
    people = list(_named(letter, ticket))
    if standing.is_stranger:
        people.append(standing.person)
    customers = [person for person in people if not person.is_colleague]
    colleagues = [person for person in people if person.is_colleague and person.pk != standing.person.pk]
    if customers:
        add_collaborators(ticket, customers, kind=Collaboration.Kind.CC, by=standing.by)
    if colleagues:
        add_collaborators(ticket, colleagues, kind=Collaboration.Kind.FOLLOWER, by=standing.by)


def _named(letter: Letter, ticket: Ticket) -> Iterable[Person]:
    named = {normalise_email(one.email): one.name for one in (*letter.message.to, *letter.message.cc)}
    others = [
        (address, name)
        for address, name in named.items()
        if address
        and address != letter.mail.sender
        and address not in letter.ours
        and not is_machine_address(address)
    ]
    if len(others) > MOST_COPIED:
        return
    for address, name in others:
        person = _known_by(address, name)
        if person and person.pk != ticket.requester_id and not person.suspended_at:
            yield person

"""Which ticket a mail answers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from django.db.models import Q

from opora.channels.email.addresses import OurAddresses
from opora.channels.email.marks import Mark, read_message_id, read_reply_address
from opora.channels.email.models import InboundMail, OutboundMail
from opora.channels.email.parsing import InboundMessage
from opora.channels.email.reading.letter import Thread
from opora.people.addresses import normalise_email
from opora.people.models import Person
from opora.tickets.models import Forward, Ticket

_SUBJECT_NUMBER = re.compile(r"[\[(]#(\d{1,18})[\])]")
_MOST_REFERENCES = 50
_NEEDED = ("merged_into", "brand", "category", "removed_at", "removed_as", "requester", "submitter")
"""What finding a ticket reads of it; whoever writes to it locks it and reads the rest."""


def find_thread(
    mail: InboundMail, message: InboundMessage, *, ours: OurAddresses, sender: Person | None
) -> Thread | None:
    """Return the thread of the mail, or None when it begins a matter of its own. Merges are followed."""
    ids = _answered_ids(message)
    found = (
        _by_marks(_address_marks(mail, message), "address")
        or _by_marks(_id_marks(ids), "message_id")
        or _by_known_id(mail, ids)
        or _by_subject(message, sender)
        or _by_early_answer(mail, message)
    )
    if found is None or _is_for_another_brand(found, mail, message, ours):
        return None
    if found.is_forged and sender and is_participant(found.ticket, sender):
        return Thread(found.ticket, "subject")
    return _beside(found, mail, sender)


def _beside(found: Thread, mail: InboundMail, sender: Person | None) -> Thread:
    """The thread without its forward where the customer answers what somebody outside sent on to them.

    Whoever it was forwarded to stays in that talk, also when they are in copy on the ticket.
    """
    if found.forward is None or found.is_forged:
        return found
    talk = Forward.objects.filter(Q(pk=found.forward.pk) | Q(answers=found.forward))
    if (
        sender
        and not any(mail.sender in one.addresses for one in talk)
        and is_participant(found.ticket, sender)
    ):
        return replace(found, forward=None, comment_id=None)
    return found


def is_participant(ticket: Ticket, person: Person) -> bool:
    """Whether the person asked, is in copy or follows, or has written on the ticket before."""
    if person.pk in (ticket.requester_id, ticket.submitter_id):
        return True
    return (
        ticket.collaborations.filter(person=person).exists()
        or ticket.comments.filter(author=person, is_public=True).exists()
    )


def recipients_of(mail: InboundMail, message: InboundMessage) -> list[str]:
    """Return every address the mail names as a recipient, the one it was delivered to first."""
    named = [address.email for address in (*message.to, *message.cc)]
    return list(dict.fromkeys([mail.recipient, *message.delivered_to, *named]))


def awaited_id(message: InboundMessage) -> str:
    """Return the Message-ID that a mail without a thread answers, "" when it answers none."""
    return next(iter(_answered_ids(message)), "")[:998]


def _answered_ids(message: InboundMessage) -> list[str]:
    """The Message-IDs it answers, the nearest first."""
    ids = [message.in_reply_to, *reversed(message.references)]
    return list(filter(None, dict.fromkeys(ids)))[:_MOST_REFERENCES]


def _address_marks(mail: InboundMail, message: InboundMessage) -> Iterator[Mark]:
    return (mark for address in recipients_of(mail, message) if (mark := read_reply_address(address)))


def _id_marks(ids: Iterable[str]) -> Iterator[Mark]:
    return filter(None, map(read_message_id, ids))


def _by_marks(marks: Iterable[Mark], how: Literal["address", "message_id"]) -> Thread | None:
    """The ticket of the first genuine mark; of a forged one only when there is no genuine one."""
    for mark in sorted(marks, key=lambda mark: not mark.is_genuine):
        ticket = _ticket(mark.ticket_id)
        if ticket:
            forward = _forward_of(mark) if mark.is_genuine else None
            return Thread(ticket, how, mark.person_id, mark.comment_id, not mark.is_genuine, forward)
    return None


def _forward_of(mark: Mark) -> Forward | None:
    """The first forward of the talk that the mark leads to; None where it leads to the customer's thread."""
    if mark.forward_id:
        found = Forward.objects.filter(pk=mark.forward_id, ticket_id=mark.ticket_id)
    elif mark.comment_id:
        found = Forward.objects.filter(comment_id=mark.comment_id)
    else:
        return None
    forward = found.select_related("answers").first()
    return forward.root if forward else None


def _by_known_id(mail: InboundMail, ids: list[str]) -> Thread | None:
    if not ids:
        return None
    came = InboundMail.objects.filter(message_id__in=ids, brand_id=mail.brand_id, ticket__isnull=False)
    went = OutboundMail.objects.filter(message_id__in=ids)
    rows = came.exclude(pk=mail.pk).values_list("message_id", "ticket_id", "forward_id") or went.values_list(
        "message_id", "ticket_id", "comment__forward"
    )
    known = {message_id: (ticket_id, forward_id) for message_id, ticket_id, forward_id in rows}
    ticket_id, forward_id = next((known[one] for one in ids if one in known), (0, None))
    ticket = _ticket(ticket_id) if ticket_id else None
    forward = Forward.objects.select_related("answers").filter(pk=forward_id).first() if forward_id else None
    return Thread(ticket, "earlier_mail", forward=forward.root if forward else None) if ticket else None


def _by_subject(message: InboundMessage, sender: Person | None) -> Thread | None:
    number = _SUBJECT_NUMBER.search(message.subject)
    ticket = _ticket(int(number.group(1))) if number and sender else None
    if ticket is None or sender is None or not is_participant(ticket, sender):
        return None
    return Thread(ticket, "subject")


def _by_early_answer(mail: InboundMail, message: InboundMessage) -> Thread | None:
    """The ticket of an answer that came before this mail.

    Only of somebody whom this mail names or who is its sender: nobody can draw a mail to their own ticket by guessing
    its Message-ID.
    """
    if not mail.message_id:
        return None
    early = InboundMail.objects.filter(awaits=mail.message_id, brand_id=mail.brand_id, ticket__isnull=False)
    involved = {mail.sender, *(normalise_email(one.email) for one in (*message.to, *message.cc))}
    found = next((one for one in early.order_by("id")[:5] if one.sender in involved), None)
    ticket = _ticket(found.ticket_id) if found and found.ticket_id else None
    return Thread(ticket, "early_answer") if ticket else None


def _is_for_another_brand(
    found: Thread, mail: InboundMail, message: InboundMessage, ours: OurAddresses
) -> bool:
    """Whether the ticket belongs to another brand whose own mailbox got this mail, too: the answer is theirs."""
    if found.ticket.brand_id == mail.brand_id:
        return False
    return any(
        mailbox.brand_id == found.ticket.brand_id
        for mailbox, _ in ours.reached_by(recipients_of(mail, message))
    )


def _ticket(ticket_id: int) -> Ticket | None:
    for _step in range(10):
        ticket = Ticket.objects.only(*_NEEDED).filter(pk=ticket_id).first()
        if ticket is None or ticket.merged_into_id is None:
            return ticket
        ticket_id = ticket.merged_into_id
    return None

"""A letter that a rule writes is put on its way."""

from dataclasses import dataclass

from opora.channels.email.actions.queue_mail import NewMail, queue_mail
from opora.channels.email.actions.queue_reply import AUTOMATIC, threading_headers
from opora.channels.email.models import OutboundMail
from opora.channels.email.outgoing.subjects import subject_for
from opora.channels.email.queries import known_message_ids, mailbox_for
from opora.core.text import one_line
from opora.tickets.models import Ticket


@dataclass(frozen=True, kw_only=True)
class NewLetter:
    """What a letter is made of: [name, address] pairs, the first of whom it is to; subject “” means the ticket's."""

    people: list[list[str]]
    subject: str
    text: str


def queue_letter(ticket: Ticket, new: NewLetter) -> OutboundMail | None:
    """Queue the letter, marked as automatic so that no machine answers it; None when the brand cannot send."""
    mailbox = mailbox_for(ticket)
    people = [pair for pair in new.people if pair[1]]
    if mailbox is None or not people:
        return None
    earlier = known_message_ids(ticket)
    return queue_mail(
        NewMail(
            kind=OutboundMail.Kind.RULE,
            mailbox=mailbox,
            ticket=ticket,
            to=people[:1],
            cc=people[1:],
            subject=one_line(new.subject) or subject_for(ticket, is_answer=bool(earlier)),
            text=new.text,
            headers={**threading_headers(earlier), **AUTOMATIC},
        )
    )

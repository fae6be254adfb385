"""A colleague is told something about a ticket by mail, and may answer it by mail."""

from dataclasses import dataclass

from opora.channels.email.actions.queue_mail import NewMail, queue_mail
from opora.channels.email.models import OutboundMail
from opora.channels.email.queries import mailbox_for
from opora.core.text import one_line
from opora.people.models import Person
from opora.tickets.models import Comment, Ticket

AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True, kw_only=True)
class NewNotification:
    """What a notification says; `comment` is what it is about, and what an answer refers to."""

    subject: str
    text: str
    html: str = ""
    comment: Comment | None = None


def queue_notification(ticket: Ticket, person: Person, new: NewNotification) -> OutboundMail | None:
    """Queue a mail to a colleague; None when the brand has no way to send. Their answer counts as theirs."""
    mailbox = mailbox_for(ticket)
    if mailbox is None or not person.email or not person.is_colleague:
        return None
    thread = f"<opora.ticket.{ticket.pk}@{mailbox.domain}>"
    return queue_mail(
        NewMail(
            kind=OutboundMail.Kind.NOTIFICATION,
            mailbox=mailbox,
            ticket=ticket,
            comment=new.comment,
            person=person,
            to=[[person.name, person.email]],
            subject=one_line(new.subject),
            text=new.text,
            html=new.html,
            headers={"In-Reply-To": thread, "References": thread, **AUTOMATIC},
        )
    )

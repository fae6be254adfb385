"""A new ticket is acknowledged to its requester, where the mailbox wants it and nothing speaks against it."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import pgettext

from opora.channels.email.actions.queue_mail import NewMail, queue_mail
from opora.channels.email.actions.queue_reply import AUTOMATIC, threading_headers
from opora.channels.email.addresses import our_addresses
from opora.channels.email.models import Mailbox, OutboundMail
from opora.channels.email.outgoing.recipients import recipients_of_reply
from opora.channels.email.outgoing.subjects import subject_for
from opora.channels.email.queries import customer_locale, known_message_ids, mailbox_for, opora_person
from opora.core import clock
from opora.tickets.models import Comment, Ticket

NOT_AGAIN_WITHIN = timedelta(hours=1)
"""A correspondent gets at most one acknowledgement in this time, so that two machines cannot talk to each other."""


def queue_acknowledgement(ticket: Ticket) -> OutboundMail | None:
    """Queue “we have got your message” for a ticket that a customer opened; None where it would be wrong."""
    mailbox = mailbox_for(ticket)
    first = ticket.comments.order_by("id").first()
    if (
        mailbox is None
        or not mailbox.sends_acknowledgement
        or first is None
        or not _is_welcome(ticket, first)
    ):
        return None
    recipients = recipients_of_reply(ticket, author=opora_person(), ours=our_addresses())
    to = [pair for pair in recipients.to if pair[1] in recipients.addresses]
    if not to or _had_one_lately(to[0][1]):
        return None
    return queue_mail(_acknowledgement(ticket, first, mailbox, to))


def _acknowledgement(ticket: Ticket, first: Comment, mailbox: Mailbox, to: list[list[str]]) -> NewMail:
    earlier = known_message_ids(ticket)
    with translation.override(customer_locale(ticket.requester, ticket, mailbox.brand)):
        text = pgettext(
            "mail",
            "Hello!\n\nWe have received your message; its number is %(number)s. A person will answer you here."
            "\n\nTo add something, just answer this mail.",
        )
    return NewMail(
        kind=OutboundMail.Kind.ACKNOWLEDGEMENT,
        mailbox=mailbox,
        ticket=ticket,
        comment=first,
        to=to,
        subject=subject_for(ticket, is_answer=bool(earlier)),
        text=text % {"number": f"#{ticket.pk}"},
        headers={**threading_headers(earlier), **AUTOMATIC},
    )


def _is_welcome(ticket: Ticket, first: Comment) -> bool:
    """A person wrote, by themselves, and their address is not only claimed."""
    if first.author_kind != Comment.AuthorKind.CUSTOMER or first.is_auto_reply or ticket.removed_at:
        return False
    mail = first.details.get("mail", {})
    return not (mail.get("quiet") or mail.get("unverified_agent"))


def _had_one_lately(address: str) -> bool:
    lately = clock.now() - NOT_AGAIN_WITHIN
    sent = OutboundMail.objects.filter(kind=OutboundMail.Kind.ACKNOWLEDGEMENT, correspondent=address)
    return sent.filter(created_at__gt=lately).exists()

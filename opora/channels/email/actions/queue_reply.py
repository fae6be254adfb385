"""A colleague's public comment goes to the customer as mail."""

from django.utils import translation
from django.utils.translation import gettext as _

from opora.channels.email.actions.queue_mail import NewMail, queue_mail
from opora.channels.email.addresses import our_addresses
from opora.channels.email.models import OutboundMail
from opora.channels.email.outgoing.recipients import recipients_of_reply
from opora.channels.email.outgoing.subjects import subject_for
from opora.channels.email.queries import desk_locale, known_message_ids, mailbox_for
from opora.tickets.models import Comment

MOST_REFERENCES = 15
AUTOMATIC = {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All", "Precedence": "auto_reply"}
"""What says to other machines that no person wrote this, so that none answers."""


def queue_reply(comment: Comment) -> OutboundMail | None:
    """Queue the comment for requester and people in copy; None when there is no way or nobody to send it to."""
    ticket = comment.ticket
    mailbox = mailbox_for(ticket)
    if mailbox is None:
        return None
    recipients = recipients_of_reply(ticket, author=comment.author, ours=our_addresses())
    if not recipients.to:
        return None
    earlier = known_message_ids(ticket)
    new = NewMail(
        kind=OutboundMail.Kind.REPLY,
        mailbox=mailbox,
        ticket=ticket,
        comment=comment,
        to=recipients.to,
        cc=recipients.cc,
        remaining=recipients.addresses,
        subject=subject_for(ticket, is_answer=bool(earlier)),
        headers={**threading_headers(earlier), **(AUTOMATIC if comment.is_auto_reply else {})},
        problem="" if recipients.addresses else _nobody(recipients.undeliverable),
    )
    return queue_mail(new)


def threading_headers(earlier: list[str]) -> dict[str, str]:
    """Return In-Reply-To and References for an answer to these Message-IDs, the oldest first."""
    if not earlier:
        return {}
    kept = earlier if len(earlier) <= MOST_REFERENCES else [earlier[0], *earlier[1 - MOST_REFERENCES :]]
    return {
        "In-Reply-To": f"<{earlier[-1]}>",
        "References": " ".join(f"<{message_id}>" for message_id in kept),
    }


def _nobody(addresses: list[str]) -> str:
    with translation.override(desk_locale()):
        sentence = _(
            "Not sent: earlier mail to %(addresses)s came back. Correct the address, then send again."
        )
        return sentence % {"addresses": ", ".join(addresses)}

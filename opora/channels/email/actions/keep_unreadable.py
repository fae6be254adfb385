"""A mail that cannot be read becomes a ticket all the same, with the message as it came."""

from django.utils.translation import gettext as _

from opora.channels.email.models import InboundMail
from opora.channels.email.queries import unknown_person
from opora.channels.email.raw import read_raw
from opora.core.html import text_to_html
from opora.events.actor import SYSTEM
from opora.events.recording import update
from opora.people.models import Person
from opora.people.queries import person_by_email
from opora.tickets.actions.comment import NewComment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.actions.upload import LARGEST, upload_attachment
from opora.tickets.models import Attachment, Comment, Ticket


def keep_unreadable(mail: InboundMail) -> Ticket:
    """Open a ticket that says so and carries the raw message, if it is not too large to attach."""
    sender = (person_by_email(mail.sender) if mail.sender else None) or unknown_person()
    sentence = _(
        "A message came that could not be read. It is kept exactly as it came; the attached file has all of it."
    )
    new = NewTicket(
        subject=mail.subject or _("A message that could not be read"),
        requester=sender,
        brand=mail.mailbox.brand,
        group=mail.mailbox.group,
        channel="email",
        received_at=mail.recipient,
    )
    comment = NewComment(
        html=text_to_html(sentence),
        author=sender,
        author_kind=Comment.AuthorKind.CUSTOMER,
        channel="email",
        attachments=_original(mail, sender),
        details={"mail": {"id": mail.pk, "unreadable": True, "quiet": True}},
    )
    with update(SYSTEM, via="mail"):
        ticket = create_ticket(new, by=SYSTEM, comment=comment)
        mail.ticket, mail.state = ticket, InboundMail.State.UNREADABLE
        mail.comment = ticket.comments.order_by("id").first()
        mail.save(update_fields=["ticket", "comment", "state", "sender", "sender_name", "subject"])
    return ticket


def _original(mail: InboundMail, sender: Person) -> list[Attachment]:
    if mail.size > LARGEST:
        return []
    try:
        raw = read_raw(mail.sha256)
    except (OSError, EOFError):
        return []
    return [upload_attachment([raw], name="message.eml", content_type="message/rfc822", uploader=sender)]

"""Mails of the demo desk leave through the real outbox, at the time of their story."""

from opora.channels.email.actions.note_bounce import note_returned
from opora.channels.email.actions.send_mail import send_queued_mail
from opora.channels.email.models import OutboundMail
from opora.channels.email.parsing import Bounce
from opora.tickets.models import Ticket


def mail_leaves(mail: OutboundMail | None) -> None:
    """Send what was queued now, not by the task that would send it when the demo is loaded."""
    if mail is not None:
        send_queued_mail.call(mail_id=mail.pk)


def mail_comes_back(ticket: Ticket, diagnostic: str) -> None:
    """Let the last mail of the ticket come back, as the report of a mail server would."""
    mail = OutboundMail.objects.filter(ticket=ticket).select_related("ticket", "comment").latest("id")
    report = Bounce(mail.correspondent, "5.1.1", "failed", mail.message_id, diagnostic)
    note_returned(report, mail)

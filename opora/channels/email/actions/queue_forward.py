"""What a colleague passes on leaves as mail, in a thread of its own."""

from django.utils import translation
from django.utils.translation import gettext as _

from opora.channels.email.actions.note_problem import note_problem
from opora.channels.email.actions.queue_mail import NewMail, queue_mail
from opora.channels.email.actions.queue_reply import threading_headers
from opora.channels.email.models import OutboundMail
from opora.channels.email.queries import desk_locale, mailbox_for, message_ids_beside
from opora.tickets.models import Forward


def queue_forward(forward: Forward) -> OutboundMail | None:
    """Queue the forward for those it names; where the brand has no way to send, the ticket says so."""
    mailbox = mailbox_for(forward.ticket)
    if mailbox is None:
        with translation.override(desk_locale()):
            note_problem(forward.ticket, _("Nothing was forwarded: no mailbox of the brand sends mail."))
        return None
    new = NewMail(
        kind=OutboundMail.Kind.FORWARD,
        mailbox=mailbox,
        ticket=forward.ticket,
        comment=forward.comment,
        to=forward.to,
        cc=forward.cc,
        subject=forward.subject,
        headers=threading_headers(message_ids_beside(forward)) if forward.answers_id else {},
    )
    return queue_mail(new)

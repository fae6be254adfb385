"""A mail is kept from the tickets until a colleague decides."""

from opora.channels.email.events import MailSuspended
from opora.channels.email.models import InboundMail, SuspendedMail
from opora.core import clock
from opora.events.actor import SYSTEM
from opora.events.recording import record, update
from opora.tickets.models import Ticket


def suspend_mail(
    mail: InboundMail, *, reason: SuspendedMail.Reason, ticket: Ticket | None = None
) -> SuspendedMail:
    """Put the mail among the suspended ones; `ticket` is the one it would have gone to."""
    with update(SYSTEM, via="mail"):
        mail.state = InboundMail.State.SUSPENDED
        mail.save(update_fields=["state"])
        suspension, _created = SuspendedMail.objects.update_or_create(
            mail=mail,
            defaults={
                "reason": reason,
                "ticket": ticket,
                "suspended_at": clock.now(),
                "released_at": None,
                "deleted_at": None,
            },
        )
        fact = MailSuspended(sender=mail.sender, subject=mail.subject, reason=str(reason.value))
        record(fact, subject_id=mail.pk, by=SYSTEM)
    return suspension

"""Suspended mail about which nobody has decided for so long is deleted."""

from datetime import timedelta

from django.db import transaction

from opora.channels.email.events import MailDeleted
from opora.channels.email.models import InboundMail, SuspendedMail
from opora.channels.email.raw import forget_raw
from opora.core import clock
from opora.events.actor import TIMER
from opora.events.recording import record, update
from opora.people.queries import desk


def delete_old_suspended_mail(*, limit: int = 500) -> int:
    """Delete what has waited longer than the desk keeps it, the original included; returns how many went."""
    found = desk()
    if found is None or not found.suspended_mail_days:
        return 0
    oldest = clock.now() - timedelta(days=found.suspended_mail_days)
    waiting = SuspendedMail.objects.filter(suspended_at__lt=oldest, released_at=None, deleted_at=None)
    return sum(_delete(row) for row in waiting.select_related("mail").order_by("suspended_at")[:limit])


def _delete(suspension: SuspendedMail) -> bool:
    mail = suspension.mail
    with update(TIMER, via="timer"):
        waiting = SuspendedMail.objects.filter(pk=suspension.pk, released_at=None, deleted_at=None)
        if not waiting.update(deleted_at=clock.now()):
            return False
        mail.state = InboundMail.State.REJECTED
        mail.save(update_fields=["state"])
        record(MailDeleted(sender=mail.sender, subject=mail.subject), subject_id=mail.pk, by=TIMER)
        if not InboundMail.objects.filter(sha256=mail.sha256).exclude(pk=mail.pk).exists():
            transaction.on_commit(lambda: forget_raw(mail.sha256))
    return True

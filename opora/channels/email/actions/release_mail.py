"""A colleague lets a suspended mail through."""

from django.utils.translation import gettext as _

from opora.channels.email.actions.process_mail import process_mail
from opora.channels.email.events import MailReleased
from opora.channels.email.models import InboundMail, SuspendedMail
from opora.channels.email.policy import may_decide_suspended
from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.recording import record, update
from opora.people.actions.suspend_person import unsuspend_person
from opora.people.models import Person
from opora.people.policy import require
from opora.people.queries import person_by_email


def release_mail(suspension: SuspendedMail, *, by: Person, lift_suspension: bool = False) -> InboundMail:
    """Let the mail through to the tickets, and take its sender's mail in again if `lift_suspension`.

    Raises `Conflict` when somebody else has decided already.
    """
    mail = suspension.mail
    with update(by):
        require(may_decide_suspended(by))
        _decide(suspension, by)
        mail.state = InboundMail.State.RECEIVED
        mail.save(update_fields=["state"])
        record(MailReleased(sender=mail.sender, subject=mail.subject), subject_id=mail.pk, by=by)
        sender = person_by_email(mail.sender) if lift_suspension and mail.sender else None
        if sender:
            unsuspend_person(sender, by=by)
    return process_mail(mail)


def _decide(suspension: SuspendedMail, by: Person) -> None:
    waiting = SuspendedMail.objects.filter(pk=suspension.pk, released_at=None, deleted_at=None)
    if not waiting.update(released_at=clock.now(), decided_by=by):
        raise Conflict(_("Somebody else has decided about this mail already."))

"""A colleague deletes a suspended mail."""

from django.utils.translation import gettext as _

from opora.channels.email.events import MailDeleted
from opora.channels.email.models import InboundMail, SuspendedMail
from opora.channels.email.policy import may_decide_suspended
from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require


def delete_mail(suspension: SuspendedMail, *, by: Person) -> None:
    """Take the mail out of the queue for good. Raises `Conflict` when somebody else has decided already."""
    mail = suspension.mail
    with update(by):
        require(may_decide_suspended(by))
        waiting = SuspendedMail.objects.filter(pk=suspension.pk, released_at=None, deleted_at=None)
        if not waiting.update(deleted_at=clock.now(), decided_by=by):
            raise Conflict(_("Somebody else has decided about this mail already."))
        mail.state = InboundMail.State.REJECTED
        mail.save(update_fields=["state"])
        record(MailDeleted(sender=mail.sender, subject=mail.subject), subject_id=mail.pk, by=by)

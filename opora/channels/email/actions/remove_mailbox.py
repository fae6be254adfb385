"""A mailbox is removed."""

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from opora.channels.email.events import MailboxRemoved
from opora.channels.email.models import Mailbox
from opora.channels.email.policy import may_change_mailboxes
from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require


def remove_mailbox(mailbox: Mailbox, *, by: ActsAsActor) -> None:
    """Remove a mailbox that has had no mail. Raises `Conflict` for one that has: its mails name it."""
    with update(by):
        require(may_change_mailboxes(by))
        record(MailboxRemoved(name=mailbox.address), subject_id=mailbox.pk, by=by)
        try:
            mailbox.delete()
        except ProtectedError as problem:
            raise Conflict(_("Mails came through this mailbox. Take it out of use instead.")) from problem

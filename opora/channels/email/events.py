"""Facts about mail."""

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.channels.email.models.suspended import SuspendedMail
from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event
from opora.tickets.events import TicketFact


@event("mailbox.saved")
class MailboxSaved(ConfigurationFact):
    """A mailbox was added or changed; of passwords only that they changed is kept."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("email:mailbox", args=[subject_id])


class MailFact(Fact):
    """The base of facts about one inbound mail."""

    personal = ("sender", "subject")
    sender: str
    subject: str = ""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("email:suspended")


@event("mail.suspended")
class MailSuspended(MailFact):
    """A mail was kept from the tickets: its sender is suspended, it would make a loop, it looks like spam."""

    personal = ("sender", "subject")
    sender: str
    subject: str = ""
    reason: str

    def sentence(self) -> str:
        reason = str(SuspendedMail.Reason(self.reason).label)
        return _("suspended a mail of %(sender)s: %(reason)s") % {"sender": self.sender, "reason": reason}


@event("mail.released")
class MailReleased(MailFact):
    """A colleague let a suspended mail through to the tickets."""

    personal = ("sender", "subject")
    sender: str
    subject: str = ""

    def sentence(self) -> str:
        return _("released a suspended mail of %(sender)s") % {"sender": self.sender}


@event("mail.deleted")
class MailDeleted(MailFact):
    """A suspended mail was deleted: by a colleague, or because nobody decided about it for so long."""

    personal = ("sender", "subject")
    sender: str
    subject: str = ""

    def sentence(self) -> str:
        return _("deleted a suspended mail of %(sender)s") % {"sender": self.sender}


@event("ticket.mail_bounced")
class TicketMailBounced(TicketFact):
    """A mail of this ticket came back: a mail server says that it could not be delivered."""

    personal = ("address", "reason")
    address: str
    reason: str = ""
    comment_id: int | None = None

    def sentence(self) -> str:
        return _("mail to %(address)s came back: %(reason)s") % {
            "address": self.address,
            "reason": self.reason,
        }


@event("ticket.mail_failed")
class TicketMailFailed(TicketFact):
    """A mail of this ticket could not be sent and is not tried any more."""

    personal = ("addresses", "reason")
    addresses: str
    reason: str = ""
    comment_id: int | None = None

    def sentence(self) -> str:
        values = {"address": self.addresses, "reason": self.reason}
        return _("mail to %(address)s could not be sent: %(reason)s") % values


@event("mailbox.removed")
class MailboxRemoved(Fact):
    """A mailbox that had had no mail was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the mailbox “%(name)s”") % {"name": self.name}

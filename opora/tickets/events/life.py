"""Facts about the life of a ticket: made, moved through its statuses, put away, brought back."""

from datetime import datetime

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.tickets.events.base import TicketFact, status_label


@event("ticket.created")
class TicketCreated(TicketFact):
    """A ticket came to be: from a mail, a form, an agent, an import. Its first comment is recorded right after."""

    personal = ("subject",)
    subject: str
    channel: str
    requester_id: int
    brand_id: int
    group_id: int | None = None
    assignee_id: int | None = None
    status: str = "new"
    priority: str = ""
    type: str = ""
    follow_up_of: int | None = None
    split_from: int | None = None
    status_id: int | None = None
    form_id: int | None = None
    organization_id: int | None = None
    submitter_id: int | None = None
    locale: str = ""
    received_at: str = ""
    external_id: str = ""
    due_at: datetime | None = None
    requester_locale: str = ""
    requester_role: str = "customer"

    def sentence(self) -> str:
        if self.follow_up_of:
            return _("created this ticket as a follow-up of #%(id)s") % {"id": self.follow_up_of}
        if self.split_from:
            return _("split this ticket off #%(id)s") % {"id": self.split_from}
        return _("created this ticket")


class StatusMoved(TicketFact):
    """The base of all changes of status; carries where from and where to."""

    before: str
    after: str


@event("ticket.status_changed")
class TicketStatusChanged(StatusMoved):
    """The status moved between unsolved ones: new, open, pending, on hold."""

    before: str
    after: str
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None

    def sentence(self) -> str:
        return _("changed the status from %(before)s to %(after)s") % {
            "before": status_label(self.before, self.before_name),
            "after": status_label(self.after, self.after_name),
        }


@event("ticket.solved")
class TicketSolved(StatusMoved):
    """An unsolved ticket became solved: the clocks of its resolution stop."""

    before: str
    after: str = "solved"
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None
    assignee_id: int | None = None

    def sentence(self) -> str:
        return _("solved the ticket")


@event("ticket.reopened")
class TicketReopened(StatusMoved):
    """A solved ticket became unsolved again, because the customer wrote or an agent changed their mind."""

    before: str = "solved"
    after: str = "open"
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None

    def sentence(self) -> str:
        return _("reopened the ticket")


@event("ticket.closed")
class TicketClosed(StatusMoved):
    """A ticket was closed for good; what the customer writes now makes a follow-up."""

    before: str = "solved"
    after: str = "closed"
    before_name: str = ""
    after_name: str = ""
    after_id: int | None = None

    def sentence(self) -> str:
        return _("closed the ticket")


@event("ticket.deleted")
class TicketDeleted(TicketFact):
    """A ticket was put into the bin; it can be restored."""

    def sentence(self) -> str:
        return _("deleted the ticket")


@event("ticket.marked_spam")
class TicketMarkedSpam(TicketFact):
    """A ticket was recognised as spam and its requester suspended."""

    def sentence(self) -> str:
        return _("marked the ticket as spam")


@event("ticket.restored")
class TicketRestored(TicketFact):
    """A deleted ticket or spam came back to the desk."""

    def sentence(self) -> str:
        return _("restored the ticket")

"""Facts about what was taken away for good."""

from django.utils.translation import gettext as _

from opora.events.fact import Fact, event
from opora.tickets.events.base import TicketFact


@event("ticket.comment_made_private")
class CommentMadePrivate(TicketFact):
    """A public comment became an internal note; mails that went out with it are out."""

    comment_id: int

    def sentence(self) -> str:
        return _("made a public comment an internal note")


@event("ticket.erased")
class TicketErased(TicketFact):
    """What a ticket in the bin said was removed for good; its number stays taken."""

    def sentence(self) -> str:
        return _("removed the ticket for good")


@event("ticket_field.removed")
class FieldRemoved(Fact):
    """A custom field was removed, with its values."""

    name: str

    def sentence(self) -> str:
        return _("removed the field “%(name)s”") % {"name": self.name}


@event("ticket_form.removed")
class FormRemoved(Fact):
    """A form was removed; its tickets have the standard one."""

    name: str

    def sentence(self) -> str:
        return _("removed the form “%(name)s”") % {"name": self.name}


@event("macro.removed")
class MacroRemoved(Fact):
    """A macro was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the macro “%(name)s”") % {"name": self.name}

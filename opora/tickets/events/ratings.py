"""Facts about what requesters thought."""

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.tickets.events.base import TicketFact


@event("ticket.rated")
class TicketRated(TicketFact):
    """The requester said whether they are satisfied with how the ticket was solved, or changed their mind."""

    personal = ("comment",)
    score: str
    comment: str = ""
    before: str = ""

    def sentence(self) -> str:
        return _("rated the ticket as good") if self.score == "good" else _("rated the ticket as bad")

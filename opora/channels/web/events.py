"""Facts about the public pages."""

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.tickets.events import TicketFact


@event("ticket.links_revoked")
class LinksRevoked(TicketFact):
    """All links to the ticket's public page that had been given out were made worthless."""

    def sentence(self) -> str:
        return _("revoked all customer links to this ticket")

"""A forwarded mail: its original sender becomes the requester."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import SYSTEM, ActsAsActor
from opora.events.recording import update
from opora.people.actions.create_person import create_person
from opora.people.policy import require
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.models import Collaboration, Comment, Ticket
from opora.tickets.policy import may_edit


def original_sender_offer(ticket: Ticket) -> dict[str, str]:
    """Return {"address", "name", …} of the original sender if the ticket began with a forwarded mail, else {}."""
    first = Comment.objects.filter(ticket=ticket).order_by("id").first()
    offer = first.details.get("mail", {}).get("forward", {}) if first else {}
    return offer if offer and offer["address"] != ticket.requester.email else {}


def use_original_sender(ticket: Ticket, *, by: ActsAsActor) -> Ticket:
    """Make whoever wrote the forwarded mail the requester; the one who forwarded it stays in copy.

    Raises `Conflict` when the ticket did not begin with a forwarded mail.
    """
    require(may_edit(by, ticket))
    offer = original_sender_offer(ticket)
    if not offer:
        raise Conflict(_("This ticket did not begin with a forwarded mail of somebody else."))
    with update(by):
        forwarder = ticket.requester
        requester = create_person(by=SYSTEM, name=offer["name"], email=offer["address"])
        change_ticket(ticket, by=by, requester=requester)
        if not forwarder.is_colleague:
            add_collaborators(ticket, [forwarder], kind=Collaboration.Kind.CC, by=by)
    return ticket

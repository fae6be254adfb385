"""Who gets a reply in copy."""

from collections.abc import Iterable

from opora.events.actor import ActsAsActor
from opora.people.actions.create_person import create_person
from opora.tickets.actions.collaborate import set_collaborators
from opora.tickets.models import Collaboration, Ticket


def set_cc_addresses(ticket: Ticket, addresses: Iterable[str], *, by: ActsAsActor) -> Ticket:
    """Make the people of these mail addresses exactly those in copy; addresses we do not know become customers."""
    people = [create_person(by=by, email=address) for address in addresses if address.strip()]
    return set_collaborators(ticket, people, kind=Collaboration.Kind.CC, by=by)

"""A colleague becomes a customer, and their tickets lose their assignee."""

from opora.events.actor import ActsAsActor
from opora.events.recording import update
from opora.people.actions.make_customer import make_customer as take_role
from opora.people.models import Person
from opora.people.policy import may_manage_colleague, require
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.models import Category, Ticket


def make_customer(person: Person, *, by: ActsAsActor) -> Person:
    """Make a customer of a colleague. Unsolved tickets of theirs stay in their group without an assignee; solved ones stay."""
    with update(by):
        require(may_manage_colleague(by, person))
        take_role(person, by=by)
        for ticket in (
            Ticket.objects.live().filter(assignee=person, category__lt=Category.SOLVED).order_by("id")
        ):
            assign_ticket(ticket, by=by, assignee=None)
    return person

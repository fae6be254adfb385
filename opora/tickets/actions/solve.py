"""A ticket is solved, or reopened."""

from opora.events.actor import ActsAsActor
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, Ticket
from opora.tickets.queries import status_of


def solve_ticket(ticket: Ticket, *, by: ActsAsActor) -> Ticket:
    """Solve the ticket; it closes by itself some days later."""
    return ticket if ticket.is_solved else change_status(ticket, status_of(Category.SOLVED), by=by)


def reopen_ticket(ticket: Ticket, *, by: ActsAsActor) -> Ticket:
    """Make a solved ticket open again."""
    return change_status(ticket, status_of(Category.OPEN), by=by)

"""A customer says that their matter is settled."""

from opora.channels.web.actions.answer_by_link import visitor
from opora.channels.web.links import Visit
from opora.events.recording import update
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, Ticket
from opora.tickets.queries import status_of


def solve_by_link(visit: Visit) -> Ticket:
    """Solve the ticket of the visit; one that is solved or closed stays as it is."""
    if visit.ticket.is_solved:
        return visit.ticket
    by = visitor(visit)
    with update(by, via="form"):
        return change_status(visit.ticket, status_of(Category.SOLVED), by=by)

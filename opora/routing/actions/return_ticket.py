"""A ticket goes back to where it came from: its queue."""

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.routing.actions.admit_ticket import admit_ticket
from opora.routing.events import TicketReturned
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.lock import lock_ticket, refuse_closed
from opora.tickets.models import Ticket
from opora.tickets.policy import may_assign


def return_ticket(ticket: Ticket, *, by: ActsAsActor, why: str = "") -> Ticket:
    """Take the ticket off its assignee and let its queue choose again, somebody else this time.

    `why` is "absent" when the assignee is not there. Without a queue that takes it the ticket is simply nobody's.
    """
    with update(by):
        lock_ticket(ticket)
        refuse_closed(ticket)
        require(may_assign(by, ticket))
        person = ticket.assignee
        if person is None:
            return ticket
        fact = TicketReturned(person_id=person.pk, person_name=str(person), why=why)
        record(fact, subject_id=ticket.pk, by=by)
        assign_ticket(ticket, by=by, assignee=None)
        admit_ticket(ticket, not_to=(person.pk,))
    return ticket

"""Work of people who are not there finds its way to those who are."""

from opora.events.actor import ActsAsActor
from opora.people.models import Person
from opora.routing.actions.admit_ticket import OUR_TURN, acting
from opora.routing.actions.return_ticket import return_ticket
from opora.routing.jobs import now_of, waiting_ticket
from opora.routing.matching import Seen, queue_for
from opora.routing.models import AgentPresence, Queue, Waiting
from opora.routing.needs import as_rows, needs_of
from opora.routing.staffing import build_floor, members_of
from opora.routing.weights import routing_settings
from opora.tickets.models import Ticket


def take_back_from_absent(ticket: Ticket) -> bool:
    """Return a reopened ticket of somebody offline to its queue, if the queue wants it and somebody else is free now.

    While nobody could have it, it is better kept by whoever knows it.
    """
    if ticket.assignee is None or ticket.category not in OUR_TURN or not _is_absent(ticket.assignee):
        return False
    seen = Seen(ticket)
    queue = queue_for(seen)
    if queue is None or not queue.takes_back or not _somebody_free(seen, queue):
        return False
    return_ticket(ticket, by=acting(queue), why="absent")
    return True


def return_work_of(person: Person, *, by: ActsAsActor) -> int:
    """Return the unsolved work of somebody who no longer works here, where a queue takes it; returns how much."""
    returned = 0
    for ticket in Ticket.objects.live().filter(assignee=person, category__in=OUR_TURN).order_by("id"):
        if queue_for(Seen(ticket)):
            return_ticket(ticket, by=by, why="absent")
            returned += 1
    return returned


def _is_absent(person: Person) -> bool:
    if not person.is_colleague:
        return True
    state = AgentPresence.objects.filter(pk=person.pk).values_list("state", flat=True).first()
    return state in (None, AgentPresence.State.OFFLINE)


def _somebody_free(seen: Seen, queue: Queue) -> bool:
    waiting = Waiting(ticket=seen.ticket, queue=queue, needs=as_rows(needs_of(seen, queue)), not_to=[])
    row = waiting_ticket(seen.ticket, waiting, routing_settings().weights)
    candidates = members_of([row.group_id]).get(row.group_id, [])
    return build_floor(candidates).consider(now_of(row), candidates).chosen is not None

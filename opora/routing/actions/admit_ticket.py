"""A ticket without an owner takes its place in a queue, or leaves it."""

from opora.core import clock
from opora.events.actor import Actor
from opora.events.recording import record, update
from opora.routing.events import TicketQueued
from opora.routing.matching import Seen, queue_for
from opora.routing.models import Queue, Waiting
from opora.routing.needs import Row, as_rows, needs_of
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.lock import lock_ticket
from opora.tickets.models import Category, Ticket

OUR_TURN = (Category.NEW, Category.OPEN)


def admit_ticket(ticket: Ticket, *, not_to: tuple[int, ...] = ()) -> Waiting | None:
    """Put the ticket into the first queue that takes it; take it out of its queue when none does or it has an owner.

    A ticket keeps its place when its queue stays the same. `not_to` are people whom it shall not come back to.
    """
    seen = Seen(ticket) if lacks_owner(ticket) else None
    queue = queue_for(seen) if seen else None
    waiting = Waiting.objects.filter(pk=ticket.pk).first()
    if seen is None or queue is None:
        if waiting:
            waiting.delete()
        return None
    with update(acting(queue), via="rule"):
        lock_ticket(ticket)
        if not lacks_owner(ticket):
            return None
        return _place(ticket, queue, as_rows(needs_of(seen, queue)), not_to)


def lacks_owner(ticket: Ticket) -> bool:
    """Whether somebody should have the ticket and nobody has."""
    return (
        ticket.assignee_id is None
        and ticket.category in OUR_TURN
        and ticket.removed_at is None
        and ticket.merged_into_id is None
    )


def acting(queue: Queue) -> Actor:
    """Return the queue as the author of what it does."""
    return Actor("rule", None, queue.name)


def _place(ticket: Ticket, queue: Queue, needs: list[Row], not_to: tuple[int, ...]) -> Waiting:
    before = Waiting.objects.filter(pk=ticket.pk).first()
    stays = before is not None and before.queue_id == queue.pk
    waiting = Waiting(
        ticket=ticket,
        queue=queue,
        needs=needs,
        not_to=sorted({*(before.not_to if before else ()), *not_to}),
        since=before.since if before else clock.now(),
    )
    waiting.save(force_insert=before is None, force_update=before is not None)
    if not stays:
        fact = TicketQueued(queue_id=queue.pk, queue_name=queue.name, needs=needs)
        record(fact, subject_id=ticket.pk, by=acting(queue))
    if queue.group_id and queue.group_id != ticket.group_id:
        assign_ticket(ticket, by=acting(queue), group=queue.group)
    return waiting

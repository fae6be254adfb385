"""Waiting work is given to whoever is free."""

import logging
from collections.abc import Sequence

from django.db import transaction
from django_tasks import task

from opora.core import clock
from opora.core.refusals import Refusal
from opora.events.recording import coming_via, record, update
from opora.people.models import Person
from opora.routing.accounts import rows_of
from opora.routing.actions.admit_ticket import acting, lacks_owner
from opora.routing.actions.hold_routing import hold_routing
from opora.routing.engine.floor import Floor
from opora.routing.engine.values import Decision
from opora.routing.events import TicketRouted
from opora.routing.jobs import WaitingTicket, now_of, waiting_rows, waiting_tickets
from opora.routing.models import Queue, Turn, Waiting
from opora.routing.needs import as_rows
from opora.routing.staffing import build_floor, members_of
from opora.routing.weights import Weights, weigh
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.lock import lock_ticket
from opora.tickets.models import Category, Ticket

log = logging.getLogger("opora.routing")

BATCH = 25
"""Assignments of one transaction: writers on SQLite wait no longer than these take."""


def distribute() -> int:
    """Give away all that can be given; returns how many tickets were.

    Most urgent first, then longest waiting; nobody absent gets any, nobody more than their capacity. Two workers at
    once come one after the other, batch by batch, and each sees what the other gave.
    """
    given = 0
    while waiting_rows().exists():
        batch = _distribute_batch()
        given += batch
        if batch < BATCH:
            break
    return given


@task()
def distribute_soon() -> int:
    """Let a worker give away what waits."""
    return distribute()


def _distribute_batch() -> int:
    with transaction.atomic(), coming_via("rule"):
        weights = hold_routing().weights
        rows = waiting_tickets(weights)
        members = members_of(row.group_id for row in rows)
        floor = build_floor({person for group in members.values() for person in group}, hold=True)
        return _hand_out(rows, members, floor, weights)


def _hand_out(
    rows: Sequence[WaitingTicket], members: dict[int, list[int]], floor: Floor, weights: Weights
) -> int:
    given = 0
    for row in rows:
        candidates = members.get(row.group_id, [])
        if not floor.has_room(candidates, row.way):
            continue
        decision = floor.consider(now_of(row), candidates)
        if decision.chosen is None:
            floor.hold(decision)
        elif _give(row, decision, turn=floor.next_turn(row.queue.pk), weights=weights):
            floor.take(decision)
            given += 1
            if given == BATCH:
                break
    return given


def _give(row: WaitingTicket, decision: Decision, *, turn: int, weights: Weights) -> bool:
    """Assign the ticket if it is still as the decision saw it; the whole account goes into the log."""
    assert decision.chosen
    by, chosen = acting(row.queue), decision.chosen.agent
    try:
        with update(by):
            ticket = lock_ticket(Ticket(pk=row.ticket_id))
            if not lacks_owner(ticket) or _weight(ticket, weights) != row.weight:
                return False
            person = Person.objects.select_related("role").get(pk=chosen.id)
            if row.queue.group and row.queue.group_id != ticket.group_id:
                assign_ticket(ticket, by=by, group=row.queue.group, assignee=person)
            else:
                assign_ticket(ticket, by=by, assignee=person)
            record(_fact(row, decision), subject_id=ticket.pk, by=by)
            Waiting.objects.filter(pk=ticket.pk).delete()
            _note_turn(row.queue, person, turn)
    except Refusal as refusal:
        log.warning("Ticket %s could not be given to %s: %s", row.ticket_id, chosen.name, refusal.sentence)
        return False
    return True


def _note_turn(queue: Queue, person: Person, turn: int) -> None:
    """Write whose turn it was; only whoever holds the routing does, so nobody makes the row at the same time."""
    if not Turn.objects.filter(queue=queue, person=person).update(number=turn):
        Turn.objects.create(queue=queue, person=person, number=turn)


def _weight(ticket: Ticket, weights: Weights) -> int:
    return weigh(weights, category=Category.OPEN, priority=ticket.priority, kind=ticket.type)


def _fact(row: WaitingTicket, decision: Decision) -> TicketRouted:
    assert decision.chosen
    return TicketRouted(
        queue_id=row.queue.pk,
        queue_name=row.queue.name,
        strategy=row.queue.strategy,
        assignee_id=decision.chosen.agent.id,
        assignee_name=decision.chosen.agent.name,
        way=row.way,
        weight=row.weight,
        waited=max(0, int((clock.now() - row.since).total_seconds())),
        step=decision.step,
        knows_customer=decision.knows_customer,
        needs=as_rows(decision.job.needs),
        **rows_of(decision),
    )

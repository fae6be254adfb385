"""Waiting tickets as the engine needs to see them, the most urgent first, then those that wait longest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from opora.core import clock
from opora.routing.channels import way_of
from opora.routing.engine.values import Job
from opora.routing.models import Queue, Waiting
from opora.routing.needs import from_rows
from opora.routing.weights import Weights, weigh
from opora.tickets.models import Category, Priority, Ticket


@dataclass(frozen=True)
class WaitingTicket:
    """One row of the queue with what the engine needs of its ticket."""

    ticket_id: int
    queue: Queue
    group_id: int
    requester_id: int
    since: datetime
    needs: list[list[int]]
    not_to: list[int]
    way: str
    weight: int

    def job(self, now: datetime, *, last_agent_id: int | None) -> Job:
        minutes = self.queue.relax_minutes
        waited = max(0.0, (now - self.since).total_seconds())
        return Job(
            ticket_id=self.ticket_id,
            queue_id=self.queue.pk,
            strategy=self.queue.strategy,  # type: ignore[arg-type]
            way=self.way,
            weight=self.weight,
            needs=from_rows(self.needs),
            relaxations=int(waited // (60 * minutes)) if minutes else 0,
            last_agent_id=last_agent_id,
            not_to=frozenset(self.not_to),
        )


def waiting_rows() -> QuerySet[Waiting]:
    """Return the rows whose tickets still lack an owner, in the order in which they are given away."""
    return (
        Waiting.objects.filter(
            ticket__assignee=None,
            ticket__category__in=(Category.NEW, Category.OPEN),
            ticket__removed_at=None,
            ticket__merged_into=None,
            queue__is_active=True,
            queue__deleted_at=None,
        )
        .annotate(urgency=Coalesce("ticket__priority", Priority.NORMAL.value))
        .order_by("-urgency", "since", "ticket_id")
    )


def waiting_tickets(weights: Weights) -> list[WaitingTicket]:
    """Return all that waits, in order, in two queries."""
    queues = {queue.pk: queue for queue in Queue.objects.filter(deleted_at=None).select_related("group")}
    rows = waiting_rows().values(
        "ticket_id", "queue_id", "since", "needs", "not_to", "ticket__group_id", "ticket__requester_id",
        "ticket__channel", "ticket__category", "ticket__priority", "ticket__type",
    )  # fmt: skip
    return list(_read(rows, queues, weights))


def waiting_ticket(ticket: Ticket, waiting: Waiting, weights: Weights) -> WaitingTicket:
    """Return one waiting ticket as the engine sees it."""
    queue = waiting.queue
    return WaitingTicket(
        ticket.pk, queue, queue.group_id or ticket.group_id or 0, ticket.requester_id, waiting.since, waiting.needs,
        waiting.not_to, way_of(ticket.channel),
        weigh(weights, category=Category.OPEN, priority=ticket.priority, kind=ticket.type),
    )  # fmt: skip


def last_agent_of(waiting: WaitingTicket) -> int | None:
    """Return who had the customer's newest other ticket, when the queue wants continuity."""
    if not waiting.queue.is_sticky:
        return None
    others = Ticket.objects.live().filter(requester_id=waiting.requester_id, assignee__isnull=False)
    newest = others.exclude(pk=waiting.ticket_id).order_by("-created_at")
    return newest.values_list("assignee_id", flat=True).first()


def now_of(waiting: WaitingTicket) -> Job:
    """Return the job of the ticket at this moment."""
    return waiting.job(clock.now(), last_agent_id=last_agent_of(waiting))


def _read(rows: Iterable[Any], queues: dict[int, Queue], weights: Weights) -> Iterable[WaitingTicket]:
    for row in rows:
        queue = queues[row["queue_id"]]
        group_id = queue.group_id or row["ticket__group_id"]
        if group_id is None:
            continue
        # Given away, a new ticket is open at once, so it weighs what an open one does.
        weight = weigh(
            weights, category=Category.OPEN, priority=row["ticket__priority"], kind=row["ticket__type"]
        )
        yield WaitingTicket(
            row["ticket_id"], queue, group_id, row["ticket__requester_id"], row["since"], row["needs"], row["not_to"],
            way_of(row["ticket__channel"]), weight,
        )  # fmt: skip

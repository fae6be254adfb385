"""What the log says of a ticket so far, folded an update at a time: one row is read and one is written."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet

from opora.core.prepared import insert, prepared, write
from opora.events.delivering import fact_of
from opora.events.fact import Fact
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.tickets.events import (
    StatusMoved,
    TicketAssigned,
    TicketCommented,
    TicketCreated,
    TicketReopened,
    TicketSolved,
)
from opora.tickets.models import TicketMetric

Step = Callable[[TicketMetric, Any, datetime], None]


def fold_metrics(events: Sequence[Event]) -> None:
    """Fold an update into the metrics of each ticket that it is about."""
    by_ticket: dict[int, list[Event]] = {}
    for event in events:
        if _steps_of(event.kind):
            by_ticket.setdefault(event.subject_id, []).append(event)
    for ticket_id, told in by_ticket.items():
        is_new = told[0].kind == TicketCreated.kind
        metric = TicketMetric(ticket_id=ticket_id) if is_new else _metric_of.first(ticket_id)
        if metric:
            _fold(metric, told)
            insert(metric) if is_new else write(metric, *_COLUMNS)


def _fold(metric: TicketMetric, events: Sequence[Event]) -> None:
    for event in events:
        fact = fact_of(event)
        for step in _steps_of(event.kind):
            step(metric, fact, event.occurred_at)


def _begin(metric: TicketMetric, fact: TicketCreated, at: datetime) -> None:
    metric.group_stations = 1 if fact.group_id else 0
    metric.status_changed_at = metric.last_comment_at = at
    if fact.assignee_id:
        metric.assignee_stations = 1
        metric.assigned_at = metric.first_assigned_at = at


def _count_comment(metric: TicketMetric, fact: TicketCommented, at: datetime) -> None:
    metric.comments += 1
    metric.last_comment_id, metric.last_comment_at = fact.comment_id, at
    metric.last_author, metric.last_words = fact.author_name, fact.words
    metric.last_is_public = fact.is_public
    if fact.author_kind == "agent":
        metric.last_agent_at = at
        if fact.is_public and not fact.is_auto_reply:
            metric.replies += 1
            metric.first_reply_at = metric.first_reply_at or at
    elif fact.is_public and fact.author_kind == "customer":
        metric.last_customer_at = at


def _count_station(metric: TicketMetric, fact: TicketAssigned, at: datetime) -> None:
    if fact.group_id and fact.group_id != fact.before_group_id:
        metric.group_stations += 1
    if fact.assignee_id and fact.assignee_id != fact.before_assignee_id:
        metric.assignee_stations += 1
        metric.assigned_at = at
        metric.first_assigned_at = metric.first_assigned_at or at


def _note_move(metric: TicketMetric, fact: StatusMoved, at: datetime) -> None:
    metric.status_changed_at = at


def _note_solve(metric: TicketMetric, fact: TicketSolved, at: datetime) -> None:
    metric.first_solved_at = metric.first_solved_at or at
    metric.last_solved_at = at


def _count_reopen(metric: TicketMetric, fact: TicketReopened, at: datetime) -> None:
    metric.reopens += 1


_STEPS: dict[type[Fact], Step] = {
    TicketCreated: _begin,
    TicketCommented: _count_comment,
    TicketAssigned: _count_station,
    StatusMoved: _note_move,
    TicketSolved: _note_solve,
    TicketReopened: _count_reopen,
}
METERED = tuple(_STEPS)
"""The facts that metrics follow from, and facts derived from them."""
_COLUMNS = tuple(field.name for field in TicketMetric._meta.concrete_fields if not field.primary_key)


@cache
def _steps_of(kind: str) -> tuple[Step, ...]:
    return tuple(step for fact, step in _STEPS.items() if issubclass(FACTS[kind], fact))


@prepared
def _metric_of(ticket_id: int) -> QuerySet[TicketMetric]:
    """Held until the transaction ends: an update that does not hold its ticket must not write over another's counts."""
    return TicketMetric.objects.select_for_update().filter(pk=ticket_id)

"""What promises cost: the fold of an update, a look for breaches among a million clocks, a what-if of the past."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction

from bench.rows import Table
from opora.core import clock
from opora.events.actor import SYSTEM
from opora.people.models import Person
from opora.sla.actions.notice import _due_keys
from opora.sla.actions.save_policy import policies, save_policy
from opora.sla.content import Content, Escalation
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Rules, Target
from opora.sla.models import ClockRow
from opora.sla.replaying import as_now, compare, with_draft
from opora.sla.rulebook import rules
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.models import Ticket

CLOCKS = 1_000_000
ROUNDS = 200


def measure_promises(*, clocks: int = CLOCKS, most_tickets: int = 100_000) -> dict[str, Any]:
    """Return the figures in milliseconds and seconds; the desk must be built. Leaves its policy and its clocks."""
    before = _replies()
    _policy()
    return {
        "reply without policies, p50 ms": before,
        "reply with five promises, p50 ms": _replies(),
        "breach tick, nothing due, ms": _tick(clocks),
        "open clocks": ClockRow.objects.filter(next_at__isnull=False).count(),
        "what-if": _what_if(most_tickets),
    }


def _policy() -> None:
    if policies().exists():
        return
    lengths = {
        Metric.FIRST_REPLY: 4, Metric.NEXT_REPLY: 8, Metric.REQUESTER_WAIT: 40, Metric.PAUSABLE_UPDATE: 24,
        Metric.TOTAL_RESOLUTION: 80,
    }  # fmt: skip
    targets = {
        (metric, priority): Target(timedelta(hours=hours * 2 / priority))
        for metric, hours in lengths.items()
        for priority in (1, 2, 3, 4)
    }
    chain = (Escalation(50, "notify_assignee"), Escalation(90, "notify_leads"))
    every: dict[str, list[Any]] = {"all": [], "any": []}
    save_policy(
        by=SYSTEM, name="Bench", content=Content(conditions=every, targets=targets, escalations=chain)
    )


def _replies() -> float:
    """Return the median of a public reply as an action, on a fresh ticket each."""
    agent = Person.objects.colleagues().order_by("id")[0]
    customer = Person.objects.filter(role=None, email__gt="").order_by("id")[0]
    spent = []
    for number in range(ROUNDS):
        ask = NewComment(html="<p>Where is it?</p>", author=customer)
        ticket = create_ticket(
            NewTicket(subject=f"Bench {number}", requester=customer), by=customer, comment=ask
        )
        began = time.perf_counter()
        add_comment(ticket, NewComment(html="<p>On its way.</p>", author=agent), by=agent)
        spent.append(time.perf_counter() - began)
    return round(sorted(spent)[ROUNDS // 2] * 1000, 1)


def _tick(count: int) -> float:
    """Return how long a look for what is due takes beside so many open clocks, none of them due."""
    policy, future = policies()[0], clock.now() + timedelta(days=30)
    ids = list(Ticket.objects.order_by("id").values_list("pk", flat=True))
    columns = (
        "key", "ticket", "policy", "version_id", "agreement", "metric", "cycle", "priority", "state", "outcome",
        "first_outcome", "target", "started_at", "next_threshold", "next_at",
    )  # fmt: skip
    table = Table(ClockRow, columns)
    target = timedelta(hours=1)
    for number in range(count - ClockRow.objects.filter(key__startswith="bench:").count()):
        moment = future + timedelta(seconds=number)
        stored = target if table_is_postgres() else target // timedelta(microseconds=1)
        table.add(
            f"bench:{number}", ids[number % len(ids)], policy.pk, 1, "ola", "third_party", number, 2, "running", "",
            "", stored, clock.now(), 100, moment,
        )  # fmt: skip
    table.flush()
    _due_keys(clock.now())
    began = time.perf_counter()
    for _round in range(ROUNDS):
        _due_keys(clock.now())
    return round((time.perf_counter() - began) / ROUNDS * 1000, 2)


def table_is_postgres() -> bool:
    return transaction.get_connection().vendor == "postgresql"


def _what_if(most: int) -> dict[str, Any]:
    """Return what a what-if costs when it changes no ticket's promise, and when it changes every ticket's."""
    ids = list(Ticket.objects.order_by("id").values_list("pk", flat=True)[:most])
    present = as_now(rules())
    policy = present.books[-1].policies[0]
    halves = {key: Target(target.length / 2) for key, target in policy.targets.items()}
    every = with_draft(present, replace(policy, version=-1, targets=halves), in_place_of=policy.id)
    return {
        "tickets": len(ids),
        "of none": _compared(ids, present, present),
        "of every ticket": _compared(ids, present, every),
    }


def _compared(ids: list[int], present: Rules, draft: Rules) -> dict[str, Any]:
    began, worked = time.perf_counter(), time.process_time()
    found = compare(
        ids, present=present, draft=draft, at=clock.now(), agreement="sla", progress=lambda done: None
    )
    seconds, spent = time.perf_counter() - began, time.process_time() - worked
    return {
        "clocks": found.before.total(),
        "seconds": round(seconds, 1),
        "processor time per ticket, ms": round(spent / max(len(ids), 1) * 1000, 2),
    }

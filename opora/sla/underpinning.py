"""Whether what our groups and suppliers take leaves room for what is promised to customers (S13).

A promise of a solution can be kept where Σ p80 of the OLA and UC time on a ticket's way is no more than its target: each
entry into a group (OLA, time in a group) and each hand-over to a third party (UC) is a part of the way. ITIL service level
management asks the same: agreements that underpin a service level must together be tighter than it. The sum of 80th
percentiles is a bound to plan with, not the 80th percentile of the sum. Every part is counted in its own hours.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value

from opora.core import clock as time
from opora.events.actor import SYSTEM
from opora.sla.actions.save_policy import latest_versions, policies
from opora.sla.content import Content
from opora.sla.engine.metrics import CUMULATIVE, Metric
from opora.sla.models import ClockRow, SlaPolicy
from opora.tickets.conditions import compile_conditions
from opora.tickets.models import Ticket

PERIOD = timedelta(days=90)
ENOUGH = 20
"""Tickets from which on a percentile is one; with fewer the part's own target stands for it."""
USUAL = 0.1
"""A part that fewer of a policy's tickets go through is not on its way."""
MOST_CLOCKS = 20_000
"""The latest of the period that are read, so that a page costs the same at any size of the desk."""
PARTS = Q(agreement="ola", metric=Metric.GROUP_OWNERSHIP) | Q(agreement="uc", metric=Metric.THIRD_PARTY)
NEW = 0
"""In the place of a policy's id, before it has one."""
METRIC_OF: Mapping[str, Metric] = {"ola": Metric.GROUP_OWNERSHIP, "uc": Metric.THIRD_PARTY}


Taken = tuple[int, int, str, int, int, int, timedelta]
"""A policy for customers, a ticket of it, and a part that the ticket took: agreement, policy, cycle, priority, length."""


class Step(NamedTuple):
    """A part of the way: the OLA or UC, and which entry into a group or hand-over of the ticket it is."""

    agreement: str
    policy_id: int
    cycle: int


@dataclass(frozen=True)
class Part:
    """How long a part takes: the 80th percentile of `measured` tickets, or the target where too few were measured."""

    name: str
    cycle: int
    length: timedelta
    measured: int

    @property
    def is_measured(self) -> bool:
        return self.measured >= ENOUGH


@dataclass(frozen=True)
class Finding:
    """A promise to customers beside the parts of its way."""

    policy: str
    policy_id: int | None
    metric: Metric
    priority: int
    promised: timedelta
    parts: Sequence[Part]

    @property
    def needed(self) -> timedelta:
        return sum((part.length for part in self.parts), timedelta())

    @property
    def fits(self) -> bool:
        return self.needed <= self.promised


@dataclass
class Way:
    """What the tickets of one policy went through: who went where, and how long it took by priority."""

    tickets: set[int] = field(default_factory=set)
    takers: dict[Step, set[int]] = field(default_factory=lambda: defaultdict(set))
    lengths: dict[tuple[Step, int], list[timedelta]] = field(default_factory=lambda: defaultdict(list))

    def usual_steps(self) -> list[Step]:
        """Return the parts that enough tickets go through, in the order of a hand-over."""
        return sorted(step for step, taken in self.takers.items() if len(taken) >= USUAL * len(self.tickets))


@dataclass(frozen=True)
class Agreed:
    """An OLA or UC of the way: what it is called and promises."""

    name: str
    content: Content


def findings() -> list[Finding]:
    """Return each promise of a solution of the policies in use whose way is known, the tightest first."""
    agreed = _agreed()
    found: list[Finding] = []
    ways = _ways(_by_sla(_finished(time.now())))
    for policy_id, known in agreed.items():
        if known.content.agreement == "sla" and policy_id in ways:
            found += _held_against(known, policy_id, ways[policy_id], agreed)
    return sorted(found, key=lambda one: (one.fits, one.policy, one.metric, -one.priority))


def findings_of(content: Content, policy: SlaPolicy | None) -> list[Finding]:
    """Return the same for a policy as it would be. One without a past is held against the tickets that it matches."""
    if content.agreement != "sla" or not any(metric in CUMULATIVE for metric, _priority in content.targets):
        return []
    agreed, clocks = _agreed(), _finished(time.now())
    ways = list(_ways(_by_sla(clocks, policy)).values()) if policy else []
    if not ways and any(content.conditions.values()):
        matching = Ticket.objects.filter(compile_conditions(content.conditions, by=SYSTEM))
        ways = list(_ways(_as_of(clocks.filter(ticket__in=matching))).values())
    known = Agreed(policy.name if policy else "", content)
    return [one for way in ways for one in _held_against(known, policy.pk if policy else None, way, agreed)]


def _agreed() -> dict[int, Agreed]:
    latest, rows = latest_versions(), policies().filter(is_active=True)
    return {
        row.pk: Agreed(row.name, Content.from_json(latest[row.pk].content))
        for row in rows
        if row.pk in latest
    }


def _finished(now: datetime) -> QuerySet[ClockRow]:
    """Return the parts of ways that came to their end in the period, on tickets that count (S15)."""
    found = ClockRow.objects.filter(PARTS, reported_at__gte=now - PERIOD, elapsed__isnull=False)
    return found.exclude(state="cancelled").filter(ticket__removed_at=None, ticket__merged_into=None)


def _by_sla(clocks: QuerySet[ClockRow], policy: SlaPolicy | None = None) -> Iterable[Taken]:
    """Return who took which part for how long, by the policy for customers of the ticket."""
    own = ClockRow.objects.filter(ticket=OuterRef("ticket"), agreement="sla").order_by("-started_at")
    rows = clocks.annotate(sla=Subquery(own.values("policy_id")[:1])).filter(sla__isnull=False)
    return _read(rows.filter(sla=policy.pk) if policy else rows, "sla")


def _as_of(clocks: QuerySet[ClockRow]) -> Iterable[Taken]:
    return _read(clocks.annotate(sla=Value(NEW)), "sla")


def _read(rows: QuerySet[ClockRow], sla: str) -> Iterable[Taken]:
    columns = (sla, "ticket_id", "agreement", "policy_id", "cycle", "priority", "elapsed")
    return rows.order_by("-reported_at").values_list(*columns)[:MOST_CLOCKS]


def _ways(taken: Iterable[Taken]) -> dict[int, Way]:
    ways: dict[int, Way] = defaultdict(Way)
    for sla, ticket_id, agreement, policy_id, cycle, priority, elapsed in taken:
        way, step = ways[sla], Step(agreement, policy_id, cycle)
        way.tickets.add(ticket_id)
        way.takers[step].add(ticket_id)
        way.lengths[step, priority].append(elapsed)
    return ways


def _held_against(
    known: Agreed, policy_id: int | None, way: Way, agreed: Mapping[int, Agreed]
) -> Iterator[Finding]:
    switches = known.content.switches
    hold_counts = not switches.hold_pauses and not switches.pausing_statuses
    for (metric, priority), target in known.content.targets.items():
        if metric not in CUMULATIVE:
            continue
        counts = {"ola"} | ({"uc"} if hold_counts and metric != Metric.AGENT_WORK else set())
        steps = [step for step in way.usual_steps() if step.agreement in counts]
        parts = [part for step in steps if (part := _part(step, priority, way, agreed))]
        if parts:
            yield Finding(known.name, policy_id, metric, priority, target.length, parts)


def _part(step: Step, priority: int, way: Way, agreed: Mapping[int, Agreed]) -> Part | None:
    """Return what a part takes; None where it was measured too seldom and has no target either."""
    lengths, known = way.lengths.get((step, priority), []), agreed.get(step.policy_id)
    if known is None:
        return None
    if len(lengths) >= ENOUGH:
        return Part(known.name, step.cycle, percentile_80(lengths), len(lengths))
    target = known.content.targets.get((METRIC_OF[step.agreement], priority))
    return Part(known.name, step.cycle, target.length, len(lengths)) if target else None


def percentile_80(lengths: Sequence[timedelta]) -> timedelta:
    """Return the least length that is not exceeded by four fifths: the nearest rank, ceil(0.8 n)."""
    return sorted(lengths)[ceil(len(lengths) * 4 / 5) - 1]

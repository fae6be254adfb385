"""Finding policies and clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from opora.calendars.models import Calendar
from opora.core import clock as time
from opora.core.refusals import Invalid
from opora.sla.actions.save_policy import latest_versions, policies
from opora.sla.content import Content
from opora.sla.engine.metrics import Metric
from opora.sla.lengths import length_words
from opora.sla.models import ClockRow, PolicyVersion, Promise, SlaPolicy
from opora.sla.words import AGREEMENTS, METRICS, SOURCES
from opora.tickets.conditions import describe
from opora.tickets.models import Category, Priority

SOON = 0.75
"""The share of a promise's time from which it is shown as near its end."""


@dataclass(frozen=True)
class PolicyRow:
    """A policy of the list, in words."""

    policy: SlaPolicy
    number: int
    agreement: str
    conditions: str
    promises: Sequence[tuple[str, str]]
    source: str
    live: int


def policy_rows() -> list[PolicyRow]:
    """Return the policies as the list shows them."""
    latest = latest_versions()
    live = dict(
        ClockRow.objects.filter(state__in=("running", "paused"))
        .values_list("policy_id")
        .annotate(count=Count("pk"))
        .order_by()
    )
    calendars = dict(Calendar.objects.values_list("pk", "name"))
    return [
        _policy_row(row, latest[row.pk], live.get(row.pk, 0), calendars)
        for row in policies()
        if row.pk in latest
    ]


def version_rows(policy: SlaPolicy) -> list[tuple[PolicyVersion, PolicyRow]]:
    """Return the versions of a policy, the newest first, each in words."""
    calendars = dict(Calendar.objects.values_list("pk", "name"))
    found = policy.versions.select_related("saved_by").order_by("-number")[:100]
    return [(version, _policy_row(policy, version, 0, calendars)) for version in found]


def _policy_row(row: SlaPolicy, version: PolicyVersion, live: int, calendars: dict[int, str]) -> PolicyRow:
    content = Content.from_json(version.content)
    try:
        conditions = describe(content.conditions)
    except Invalid as refusal:
        conditions = refusal.sentence
    source = str(SOURCES[content.source])
    if content.source == "policy" and content.calendar_id:
        source = calendars.get(content.calendar_id, source)
    return PolicyRow(
        row, version.number, content.agreement.upper(), conditions, _promises(content), source, live
    )


def _promises(content: Content) -> list[tuple[str, str]]:
    """Return each metric with its targets from urgent to low, as "30 min / 1 h / 4 h / 8 h"."""
    said = []
    for metric in Metric:
        given = [content.targets.get((metric, priority)) for priority in (4, 3, 2, 1)]
        if any(given):
            words = " / ".join(length_words(target.length) if target else "–" for target in given)
            said.append((str(METRICS[metric]), words))
    return said


def uncovered_count() -> int:
    """Return how many unsolved tickets no policy for customers matches (S5)."""
    return Promise.objects.filter(
        uncovered=True, ticket__removed_at=None, ticket__category__lt=Category.SOLVED
    ).count()


@dataclass(frozen=True)
class Countdown:
    """A clock as an agent sees it: its name, a ring that is `share` full, and its state in a word.

    `state`: running, soon, late, paused, met, broken.
    """

    key: str
    metric: str
    agreement: str
    policy: str
    due_at: datetime | None
    share: float
    state: str
    target: str
    cycle: int

    @property
    def is_live(self) -> bool:
        return self.state in ("running", "soon", "late", "paused")


def countdowns(ticket_id: int) -> list[Countdown]:
    """Return the clocks of a ticket that an agent should know of: the live ones, and the last of each that is over."""
    rows = list(
        ClockRow.objects.filter(ticket_id=ticket_id).select_related("policy").order_by("started_at", "key")
    )
    live = [row for row in rows if row.state in ("running", "paused")]
    over = {(row.agreement, row.metric): row for row in rows if row.outcome in ("met", "breached")}
    names = {(row.agreement, row.metric) for row in live}
    at = time.now()
    shown = sorted(
        live, key=lambda row: (row.state == "paused", row.breach_at or at + timedelta(days=9999), row.key)
    )
    return [
        _countdown(row, at) for row in [*shown, *(row for name, row in over.items() if name not in names)]
    ]


def _countdown(row: ClockRow, at: datetime) -> Countdown:
    share = share_of(row.started_at, row.due_at, at)
    return Countdown(
        key=row.key.partition(":")[2], metric=str(METRICS[row.metric]), agreement=row.agreement.upper(), policy=row.policy.name,
        due_at=row.due_at or row.stopped_at, share=1.0 if row.stopped_at else share, state=_state(row, share, at),
        target=length_words(row.target), cycle=row.cycle,
    )  # fmt: skip


def _state(row: ClockRow, share: float, at: datetime) -> str:
    if row.outcome:
        return "met" if row.outcome == "met" else "broken"
    late = row.first_breach_at is not None or (row.breach_at is not None and row.breach_at < at)
    if late:
        return "late"
    return "paused" if row.state == "paused" else "soon" if share >= SOON else "running"


def share_of(since: datetime | None, due_at: datetime | None, at: datetime) -> float:
    """Return how much of the way from start to due is behind, 0 to 1, in real time: good enough for a ring."""
    if since is None or due_at is None or due_at <= since:
        return 0.0 if due_at is None else 1.0
    return min(max((at - since) / (due_at - since), 0.0), 1.0)


def priority_name(priority: int) -> str:
    return str(Priority(priority).label)


def agreement_name(agreement: str) -> str:
    return str(AGREEMENTS[agreement])

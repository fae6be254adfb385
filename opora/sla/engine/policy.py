"""Policies as the fold sees them: what is promised to which tickets, and in whose hours."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

from opora.core.business_time import Schedule
from opora.sla.engine.metrics import Metric
from opora.tickets.snapshot import Snapshot

Agreement = Literal["sla", "ola", "uc"]
AGREEMENTS: tuple[Agreement, ...] = ("sla", "ola", "uc")
Source = Literal["around", "policy", "group", "brand", "organization", "desk"]

FALLBACKS: Mapping[str, tuple[str, ...]] = {
    "around": (), "policy": ("policy",), "group": ("group", "brand", "desk"), "brand": ("brand", "desk"),
    "organization": ("organization", "brand", "desk"), "desk": ("desk",),
}  # fmt: skip
"""Whose calendar counts, and who is asked next where that one has none (S7)."""


PROMISE_FIELDS = frozenset(
    {"hours_until_breach", "hours_since_breach", "promise_broken", "promise_paused", "promise_missing"}
)
"""Conditions that policies themselves cannot have: a promise does not follow from itself."""
BESIDE_THE_FOLD = frozenset({"satisfaction", "description", "visibility"})
"""Conditions that are asked of the tables, not of the ticket as the log tells it, so clocks cannot depend on them."""


class Place(NamedTuple):
    """Where a ticket is: what decides whose calendar counts."""

    group: int | None
    brand: int | None
    organization: int | None


@dataclass(frozen=True)
class Target:
    """How long something may take; `around` counts it around the clock whatever the policy's calendar."""

    length: timedelta
    around: bool = False


@dataclass(frozen=True, kw_only=True)
class Switches:
    """Where help desks differ (S18). The defaults are ours.

    `priority_change`: keep the time that has passed, restart, or count anew from the beginning in the new hours.
    `ours_starts`: whether a ticket that a colleague begins for a customer starts the first reply: never, if all we said
    was internal, or always, and then our first public words do not end it (S9).
    `hold_pauses` lets every hold pause the customer's waiting, `pausing_statuses` (ids) only those that are its reason.
    `grace` is what is left at least when a raised priority shortens a target. `longest_pause`: for how long, in real
    time, a clock may stand still without a break; then it counts on though the ticket still waits. None: for ever (S12).
    """

    priority_change: Literal["keep", "restart", "retro"] = "keep"
    reopen: Literal["resume", "new_cycle"] = "resume"
    on_edit: Literal["keep", "apply"] = "keep"
    calendar: Literal["segment", "last"] = "segment"
    note_stops: bool = False
    ours_starts: Literal["never", "note", "always"] = "never"
    hold_pauses: bool = False
    pausing_statuses: tuple[int, ...] = ()
    grace: timedelta = timedelta(minutes=15)
    longest_pause: timedelta | None = None


@dataclass(frozen=True, kw_only=True)
class Policy:
    """One version of a policy. `holds` says of a snapshot at an instant whether the promise is made to it."""

    id: int
    version: int
    name: str = ""
    agreement: Agreement = "sla"
    holds: Callable[[Snapshot, datetime], bool]
    targets: Mapping[tuple[Metric, int], Target]
    source: Source = "desk"
    calendar_id: int | None = None
    default_priority: int = 2
    switches: Switches = Switches()
    thresholds: tuple[int, ...] = ()

    def target(self, metric: Metric, priority: int | None) -> Target | None:
        return self.targets.get((metric, priority or self.default_priority))


@dataclass(frozen=True)
class Book:
    """The policies in force from an instant on, in their order; a moment of None is always before."""

    since: datetime | None
    policies: tuple[Policy, ...]


@dataclass(frozen=True)
class Use:
    """Whose calendar something was, from when until when."""

    kind: str
    subject_id: int
    calendar_id: int
    since: datetime | None
    until: datetime | None

    def holds(self, at: datetime) -> bool:
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Rules:
    """All that clocks follow from beside the log: books of policies, calendars and whose they were."""

    books: Sequence[Book]
    schedules: Mapping[int, Schedule]
    uses: Sequence[Use] = ()
    known: Mapping[int, Policy] = field(default_factory=dict)
    _by_user: dict[tuple[str, int], list[Use]] = field(default_factory=dict, compare=False, repr=False)
    _edges: list[datetime] = field(default_factory=list, compare=False, repr=False)

    def __post_init__(self) -> None:
        for use in self.uses:
            self._by_user.setdefault((use.kind, use.subject_id), []).append(use)
        edges = {moment for use in self.uses for moment in (use.since, use.until) if moment is not None}
        self._edges.extend(sorted(edges))

    def policies_at(self, at: datetime) -> tuple[Policy, ...]:
        moments: list[Any] = [book.since for book in self.books if book.since is not None]
        first = len(self.books) - len(moments)
        place = bisect_right(moments, at) + first - 1
        return self.books[place].policies if place >= 0 else ()

    def select(self, ticket: Snapshot, at: datetime) -> dict[Agreement, Policy]:
        """Return the first policy of each agreement that is made to the ticket (S5)."""
        chosen: dict[Agreement, Policy] = {}
        for policy in self.policies_at(at):
            if policy.agreement not in chosen and policy.holds(ticket, at):
                chosen[policy.agreement] = policy
        return chosen

    def uses_change(self, since: datetime, until: datetime) -> bool:
        """Whether anything got another calendar after `since` and until `until`."""
        return bisect_right(self._edges, since) != bisect_right(self._edges, until)

    def schedule(self, calendar_id: int | None) -> Schedule:
        return self.schedules.get(calendar_id, _AROUND) if calendar_id is not None else _AROUND

    def calendar_for(self, policy: Policy, place: Place, at: datetime) -> int | None:
        """Return whose hours count at an instant; None is around the clock."""
        for source in FALLBACKS[policy.source]:
            found = policy.calendar_id if source == "policy" else self._held_by(source, place, at)
            if found is not None:
                return found
        return None

    def _held_by(self, source: str, place: Place, at: datetime) -> int | None:
        subject = 0 if source == "desk" else getattr(place, source)
        if subject is None:
            return None
        for use in reversed(self._by_user.get((source, subject), ())):
            if use.holds(at):
                return use.calendar_id
        return None


_AROUND = Schedule.always()

"""A clock: one promise to one ticket, its stretches of running and paused time, and what became of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Agreement, Rules

NOTHING = timedelta()


@dataclass(slots=True)
class Stretch:
    """Time under the same circumstances: `why` a word (a status, "calendar"), `event` what began it.

    `unexplained`: a pause that began without a word to the customer. `counts_on_at`: when a pause has lasted for as long
    as the policy lets it; from then on the time counts, whoever is there to see it. `overstayed`: such time (S12).
    """

    start: datetime
    end: datetime | None
    runs: bool
    calendar_id: int | None
    why: str
    event: int
    unexplained: bool = False
    counts_on_at: datetime | None = None
    overstayed: bool = False


@dataclass(slots=True)
class Mark:
    """Something that happened to a clock: activate, apply, pause, resume, breach, fulfill, cancel, reopen."""

    kind: str
    at: datetime
    event: int
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Clock:
    """`allowance` is the target, or more where a raise of priority left a grace; breach is measured against it.

    `state`: running, paused, fulfilled, cancelled. `outcome`: "" while it lives, then met, breached, or cancelled;
    `first_outcome` is frozen at the first stop (S11). `told`: the highest threshold that was told of, in percent.
    """

    agreement: Agreement
    metric: Metric
    cycle: int
    policy_id: int
    version: int
    priority: int
    assumed: bool
    target: timedelta
    allowance: timedelta
    around: bool
    since: datetime
    state: str = "running"
    stretches: list[Stretch] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    first_breach_at: datetime | None = None
    breach_why: str = ""
    stopped_at: datetime | None = None
    outcome: str = ""
    first_outcome: str = ""
    how: str = ""
    told: int = 0

    @property
    def key(self) -> str:
        return f"{self.agreement}:{self.metric}:{self.cycle}"

    @property
    def is_live(self) -> bool:
        return self.state in ("running", "paused")

    @property
    def counts_on_at(self) -> datetime | None:
        """When a clock that is paused counts on by itself; None where it does not (S12)."""
        last = self.stretches[-1] if self.is_live and self.stretches else None
        return last.counts_on_at if last and last.end is None and not last.runs else None

    def timeline(self) -> Iterator[Stretch]:
        """Yield the stretches as they will have been if nothing else happens: a pause ends when it must (S12)."""
        for stretch in self.stretches:
            moment = stretch.counts_on_at if stretch.end is None else None
            if moment is None:
                yield stretch
            else:
                yield replace(stretch, end=moment)
                yield overstay(stretch, moment)

    def count_on(self, at: datetime) -> None:
        """Let a pause that must have ended by now have ended, with the instant when it did (S1, S12)."""
        moment = self.counts_on_at
        if moment is None or moment > at:
            return
        last = self.stretches[-1]
        self.stretches.append(overstay(last, moment))
        last.end, self.state = moment, "running"
        self.marks.append(Mark("resume", moment, last.event, {"why": "maximum"}))

    def paused_since(self, at: datetime) -> datetime:
        """Return since when the ticket has been where the clock pauses, what counted on included; `at` if it was not."""
        since = at
        for stretch in reversed(self.stretches):
            if (stretch.runs and not stretch.overstayed) or stretch.end not in (None, since):
                break
            since = stretch.start
        return since

    def elapsed(self, rules: Rules, at: datetime) -> timedelta:
        """Return the time that counts until an instant, each stretch in its own calendar (S7)."""
        found = NOTHING
        for stretch in self.timeline():
            if stretch.runs and stretch.start < at:
                end = at if stretch.end is None or stretch.end > at else stretch.end
                found += rules.schedule(stretch.calendar_id).elapsed(stretch.start, end)
        return found

    def reaches(self, rules: Rules, amount: timedelta) -> datetime | None:
        """Return the first instant with so much of the time counted; None if it never comes as things are."""
        for stretch, left in self._owing(rules, amount):
            schedule = rules.schedule(stretch.calendar_id)
            if stretch.end is None or left <= schedule.elapsed(stretch.start, stretch.end):
                return schedule.add(stretch.start, left)
        return None

    def exceeds(self, rules: Rules, amount: timedelta) -> datetime | None:
        """Return the last instant with no more than that counted; None if more never comes as things are (S3)."""
        for stretch, left in self._owing(rules, amount):
            schedule = rules.schedule(stretch.calendar_id)
            if stretch.end is None or left < schedule.elapsed(stretch.start, stretch.end):
                return schedule.breach_at(stretch.start, left)
        return None

    def _owing(self, rules: Rules, amount: timedelta) -> Iterator[tuple[Stretch, timedelta]]:
        for stretch in self.timeline():
            if stretch.runs:
                yield stretch, amount
                if stretch.end is not None:
                    amount -= rules.schedule(stretch.calendar_id).elapsed(stretch.start, stretch.end)

    def real(self, at: datetime) -> timedelta:
        """Return the real time from its start, pauses included."""
        return (self.stopped_at or at) - self.since

    def paused(self, at: datetime) -> Mapping[str, timedelta]:
        """Return the real time of pauses by their reason (S17)."""
        found: dict[str, timedelta] = {}
        for stretch in self.timeline():
            if not stretch.runs and stretch.start < at:
                end = at if stretch.end is None or stretch.end > at else stretch.end
                found[stretch.why] = found.get(stretch.why, NOTHING) + end - stretch.start
        return found

    def settle(self, rules: Rules, at: datetime) -> None:
        """Note what has come true by now, with the instant when it did: a pause that ended, a breach (S1, S3, S12)."""
        self.count_on(at)
        if self.first_breach_at is not None or not self.stretches:
            return
        if at - self.stretches[0].start <= self.allowance:
            return  # no more can count than has passed
        if self.elapsed(rules, at) > self.allowance:
            moment = self.exceeds(rules, self.allowance) or at
            self.first_breach_at = min(moment, at)
            self.breach_why = "retarget" if self.allowance > self.target else self.breach_why or "time"
            self.marks.append(Mark("breach", self.first_breach_at, 0, {"why": self.breach_why}))


def overstay(stretch: Stretch, since: datetime) -> Stretch:
    """Return the time after a pause that lasted for as long as it may: the ticket waits on, the clock does not (S12)."""
    return replace(
        stretch, start=since, end=None, runs=True, unexplained=False, counts_on_at=None, overstayed=True
    )

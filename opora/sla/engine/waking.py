"""The instants at which a clock becomes due, breaks, or has somebody told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from opora.sla.engine.clocks import Clock
from opora.sla.engine.policy import Rules

BREACH = 100
"""The threshold, in percent of the target, that is the breach itself."""
COUNTS_ON = 0
"""In the place of a threshold: a pause ends because it has lasted for as long as it may."""


@dataclass(frozen=True)
class Waking:
    """When a clock's time is used up, when it is broken, and which threshold (or `COUNTS_ON`) is told of next, when."""

    due_at: datetime | None
    breach_at: datetime | None
    next_threshold: int
    next_at: datetime | None


def waking_of(clock: Clock, rules: Rules) -> Waking:
    """Return the instants as things are now. What has come true is still told while a clock is paused (S16).

    A pause without a maximum leaves no instants to come; one with a maximum ends by itself, and they follow (S12).
    """
    due_at = clock.reaches(rules, clock.target)
    breach_at = clock.first_breach_at or clock.exceeds(rules, clock.allowance)
    threshold, moment = _next(clock, rules, breach_at)
    counts_on_at = clock.counts_on_at
    if counts_on_at and (moment is None or counts_on_at <= moment):
        threshold, moment = COUNTS_ON, counts_on_at
    return Waking(due_at, breach_at, threshold, moment)


def _next(clock: Clock, rules: Rules, breach_at: datetime | None) -> tuple[int, datetime | None]:
    if clock.state == "cancelled" and not clock.first_breach_at:
        return 0, None
    policy = rules.known.get(clock.version)
    warnings = [one for one in (policy.thresholds if policy else ()) if one < BREACH]
    for threshold in sorted({*warnings, BREACH}):
        if threshold <= clock.told:
            continue
        moment = breach_at if threshold == BREACH else clock.reaches(rules, share(clock.target, threshold))
        if clock.stopped_at is not None and (moment is None or moment >= clock.stopped_at):
            return 0, None
        return threshold, moment
    return 0, None


def share(target: timedelta, percent: int) -> timedelta:
    return target * percent / 100

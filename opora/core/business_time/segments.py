"""Time told as a story: which stretches were open, and why the others were not."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from opora.core.business_time.hours import Hours
from opora.core.business_time.instants import opening
from opora.core.business_time.schedule import Schedule


class Reason(StrEnum):
    """Why nobody is at work."""

    NIGHT = "night"  # before the first or after the last hour of a working day
    BREAK = "break"  # between two spans of a day
    DAY_OFF = "day_off"  # a weekday that is never worked
    HOLIDAY = "holiday"  # a special day that is closed, or outside its special hours


@dataclass(frozen=True)
class Segment:
    """A stretch of time that is open, or closed for a reason; `name` is that of the special day."""

    start: datetime
    end: datetime
    is_open: bool
    reason: Reason | None = None
    name: str = ""

    @property
    def length(self) -> timedelta:
        return self.end - self.start


def segments(schedule: Schedule, start: datetime, end: datetime) -> Iterator[Segment]:
    """Yield all of the time between two instants in order, neighbours differing in whether or why."""
    pending: Segment | None = None
    for segment in _pieces(schedule, start.astimezone(UTC), end.astimezone(UTC)):
        if pending and _same(pending, segment):
            pending = replace(pending, end=segment.end)
            continue
        if pending:
            yield pending
        pending = segment
    if pending:
        yield pending


def _same(one: Segment, other: Segment) -> bool:
    return (one.is_open, one.reason, one.name) == (other.is_open, other.reason, other.name)


def _pieces(schedule: Schedule, start: datetime, end: datetime) -> Iterator[Segment]:
    moment = start
    for opens, closes in schedule.intervals(start, end):
        yield from _closed(schedule, moment, opens)
        yield Segment(opens, closes, is_open=True)
        moment = closes
    yield from _closed(schedule, moment, end)


def _closed(schedule: Schedule, start: datetime, end: datetime) -> Iterator[Segment]:
    """Yield a closed stretch by local dates, for each has its own reason."""
    while start < end:
        hours = schedule.hours_at(start)
        day = start.astimezone(hours.tz).date()
        midnight = opening(day + timedelta(days=1), 0, hours.tz)
        until = min(midnight if midnight > start else end, end)
        reason, name = _reason(hours, day, start)
        yield Segment(start, until, is_open=False, reason=reason, name=name)
        start = until


def _reason(hours: Hours, day: date, at: datetime) -> tuple[Reason, str]:
    special = hours.special_days.get(day)
    if special is not None:
        return Reason.HOLIDAY, special.name
    if hours.is_day_off(day):
        return Reason.DAY_OFF, ""
    local = at.astimezone(hours.tz)
    minute = local.hour * 60 + local.minute
    pieces = hours.pieces(day)
    between = bool(pieces) and pieces[0].end <= minute < pieces[-1].start
    return (Reason.BREAK if between else Reason.NIGHT), ""

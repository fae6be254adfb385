"""Opening hours over the years: which are in force when, how much time passes in them, and when so much has passed."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from opora.core.business_time.hours import AROUND_THE_CLOCK, Hours
from opora.core.business_time.instants import MICROSECOND, from_micros, to_micros
from opora.core.business_time.year import Interval, OpenYear, clipped, edges_of, open_intervals

YEARS_AHEAD = 30
"""How far ahead an opening is looked for before the schedule is taken for one that never opens again."""
_FIRST, _LAST = -(2**62), 2**62


@dataclass(frozen=True)
class Since:
    """Hours, and the instant from which they are in force; None means always before."""

    moment: datetime | None
    hours: Hours


@dataclass(frozen=True)
class Schedule:
    """A history of hours: each is in force from its instant until the next one's.

    Business time is the measure of an interval of real time within the open intervals (half-open), so additive:
    `elapsed(a, b) + elapsed(b, c) == elapsed(a, c)`.
    """

    history: tuple[Since, ...]
    _years: dict[int, OpenYear] = field(default_factory=dict, repr=False, compare=False, hash=False)

    @classmethod
    def of(cls, hours: Hours) -> "Schedule":
        """Return a schedule that was and will always be these hours."""
        return cls((Since(None, hours),))

    @classmethod
    def always(cls) -> "Schedule":
        return AROUND

    def hours_at(self, at: datetime) -> Hours:
        """Return the hours in force at an instant; before the first of the history, the first."""
        moments = [since.moment for since in self.history[1:]]
        return self.history[bisect_right(moments, at)].hours  # type: ignore[type-var]

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Return the business time from `start` to `end`; nothing when `end` is not later."""
        first, last = to_micros(start), to_micros(end)
        if last <= first:
            return timedelta()
        since, until = start.astimezone(UTC).year, end.astimezone(UTC).year
        if since == until:
            year = self._year(since)
            return (year.open_until(last) - year.open_until(first)) * MICROSECOND
        whole = sum(self._year(number).total for number in range(since, until))
        return (
            whole - self._year(since).open_until(first) + self._year(until).open_until(last)
        ) * MICROSECOND

    def add(self, start: datetime, amount: timedelta) -> datetime | None:
        """Return the earliest instant from `start` on with so much business time between; None if it never comes."""
        wanted = amount // MICROSECOND
        if wanted <= 0:
            return start.astimezone(UTC)
        for year, owed in self._years_owing(start, wanted):
            if owed <= year.total:
                return from_micros(year.instant_of(owed))
        return None

    def breach_at(self, start: datetime, amount: timedelta) -> datetime | None:
        """Return the last instant from `start` on with no more than so much business time between.

        It differs from `add` where the amount is used up at closing time: then it is the next opening.
        """
        for year, owed in self._years_owing(start, max(0, amount // MICROSECOND)):
            last = year.last_instant_of(owed)
            if last is not None:
                return max(from_micros(last), start.astimezone(UTC))
        return None

    def subtract(self, end: datetime, amount: timedelta) -> datetime | None:
        """Return the latest instant up to `end` with so much business time between; None if it never was."""
        owed = amount // MICROSECOND
        if owed <= 0:
            return end.astimezone(UTC)
        number = end.astimezone(UTC).year
        available = self._year(number).open_until(to_micros(end))
        for back in range(YEARS_AHEAD):
            if owed <= available:
                year = self._year(number - back)
                return from_micros(year.last_instant_of(available - owed) or 0)
            owed -= available
            available = self._year(number - back - 1).total
        return None

    def is_open(self, at: datetime) -> bool:
        micros = to_micros(at)
        year = self._year(at.astimezone(UTC).year)
        place = bisect_right(year.starts, micros) - 1
        return place >= 0 and micros < year.ends[place]

    def next_open(self, at: datetime) -> datetime | None:
        """Return the first open instant at or after this one; None if it never opens again."""
        return self.breach_at(at, timedelta())

    def next_close(self, at: datetime) -> datetime | None:
        """Return the first closing after this instant; None if it never opens, or never closes."""
        for _opens, closes in self.intervals(at, at + timedelta(days=366 * YEARS_AHEAD)):
            return closes if closes < at + timedelta(days=366 * YEARS_AHEAD) else None
        return None

    def last_open(self, at: datetime) -> datetime | None:
        """Return the last instant at or before this one that ends or lies in an open interval."""
        number = at.astimezone(UTC).year
        for back in range(YEARS_AHEAD):
            year = self._year(number - back)
            place = bisect_right(year.starts, to_micros(at) - 1) - 1
            if place >= 0:
                return from_micros(min(to_micros(at), year.ends[place]))
        return None

    def intervals(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the open intervals between two instants, cut to them, those that touch made one."""
        pending: Interval | None = None
        first, last = to_micros(start), to_micros(end)
        for number in range(start.astimezone(UTC).year, end.astimezone(UTC).year + 1):
            year = self._year(number)
            for interval in clipped(zip(year.starts, year.ends, strict=True), first, last):
                if pending and pending[1] == interval[0]:
                    pending = pending[0], interval[1]
                    continue
                if pending:
                    yield from_micros(pending[0]), from_micros(pending[1])
                pending = interval
        if pending:
            yield from_micros(pending[0]), from_micros(pending[1])

    def _years_owing(self, start: datetime, amount: int) -> Iterator[tuple[OpenYear, int]]:
        """Yield years from that of `start` on, each with what must have been open since its beginning."""
        number = start.astimezone(UTC).year
        owed = amount + self._year(number).open_until(to_micros(start))
        for ahead in range(YEARS_AHEAD):
            year = self._year(number + ahead)
            yield year, owed
            owed -= year.total

    def _year(self, number: int) -> OpenYear:
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = OpenYear(self._intervals_of(number))
        return found

    def _intervals_of(self, number: int) -> Iterator[Interval]:
        first, last = edges_of(number)
        # A local date begins up to 14 hours before the UTC date and ends up to 12 hours after it.
        days = date(number, 1, 1) - timedelta(days=1), date(number, 12, 31) + timedelta(days=1)
        for hours, start, end in self._reigns():
            start, end = max(start, first), min(end, last)
            if start < end:
                yield from clipped(open_intervals(hours, *days), start, end)

    def _reigns(self) -> Iterator[tuple[Hours, int, int]]:
        edges = [_FIRST, *(_micros_of(since) for since in self.history[1:]), _LAST]
        for since, (start, end) in zip(self.history, pairwise(edges), strict=True):
            yield since.hours, start, end


def _micros_of(since: Since) -> int:
    if since.moment is None:
        raise ValueError("Only the first hours of a history have been in force always.")
    return to_micros(since.moment)


def in_order(history: Sequence[Since]) -> tuple[Since, ...]:
    """Return a history by its instants; of two at one instant the later of the sequence holds."""
    by_moment = {since.moment: since for since in history}
    return tuple(
        sorted(
            by_moment.values(), key=lambda since: _FIRST if since.moment is None else to_micros(since.moment)
        )
    )


AROUND = Schedule.of(AROUND_THE_CLOCK)

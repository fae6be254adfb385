"""The open intervals of one year, ready to be asked a hundred thousand times."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from opora.core.business_time.hours import Hours
from opora.core.business_time.instants import closing, opening, to_micros

Interval = tuple[int, int]
"""An open stretch, in microseconds since 1970: from, up to and without."""


class OpenYear:
    """What is open in one UTC year: disjoint intervals in order, and how much was open before each of them."""

    def __init__(self, intervals: Iterable[Interval]) -> None:
        joined = list(_joined(intervals))
        self.starts = [start for start, _end in joined]
        self.ends = [end for _start, end in joined]
        self.before = [0, *accumulate(end - start for start, end in joined)]

    @property
    def total(self) -> int:
        return self.before[-1]

    def open_until(self, micros: int) -> int:
        """Return how much of the year was open before this instant."""
        place = bisect_right(self.starts, micros) - 1
        if place < 0:
            return 0
        return self.before[place] + min(micros, self.ends[place]) - self.starts[place]

    def instant_of(self, amount: int) -> int:
        """Return the earliest instant with so much open before it; `amount` is more than 0 and at most `total`."""
        place = bisect_left(self.before, amount) - 1
        return self.starts[place] + amount - self.before[place]

    def last_instant_of(self, amount: int) -> int | None:
        """Return the latest instant with no more than so much open before it; None when the year ends sooner."""
        place = bisect_right(self.before, amount) - 1
        if place >= len(self.starts):
            return None
        return self.starts[place] + amount - self.before[place]


def open_intervals(hours: Hours, first: date, last: date) -> Iterator[Interval]:
    """Yield what is open on the local dates `first` to `last`, both included. Edges follow the clocks' changes."""
    day = first
    while day <= last:
        for span in hours.pieces(day):
            start = to_micros(opening(day, span.start, hours.tz))
            end = to_micros(closing(day, span.end, hours.tz))
            if start < end:
                yield start, end
        day += timedelta(days=1)


def edges_of(year: int) -> Interval:
    """Return the year's first instant and that of the next one, in UTC."""
    return to_micros(datetime(year, 1, 1, tzinfo=UTC)), to_micros(datetime(year + 1, 1, 1, tzinfo=UTC))


def clipped(intervals: Iterable[Interval], start: int, end: int) -> Iterator[Interval]:
    """Yield what of the intervals lies between two instants."""
    for opens, closes in intervals:
        if opens < end and closes > start:
            yield max(opens, start), min(closes, end)


def _joined(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Yield the intervals in order, those that touch or overlap made one."""
    current: Interval | None = None
    for start, end in sorted(intervals):
        if current and start <= current[1]:
            current = current[0], max(current[1], end)
        else:
            if current:
                yield current
            current = start, end
    if current:
        yield current

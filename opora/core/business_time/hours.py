"""Opening hours as people write them down: a week of local wall time, and days that are different."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

DAY = 24 * 60
"""Minutes of a day as a wall clock counts them."""


@dataclass(frozen=True, order=True)
class Span:
    """Open from minute to minute of a day's wall clock; an end beyond 1440 lies on the next day (22:00 to 30:00)."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < DAY and self.start < self.end <= self.start + DAY):
            raise ValueError(f"From minute {self.start} to minute {self.end} is no span of a day.")


ALL_DAY = Span(0, DAY)


@dataclass(frozen=True)
class SpecialDay:
    """A date that is not like its weekday: closed (no spans) or open at other hours. It rules its whole local date."""

    name: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Hours:
    """A week in a time zone and its special days. `week` has seven days, Monday first."""

    zone: str
    week: tuple[tuple[Span, ...], ...]
    special: tuple[tuple[date, SpecialDay], ...] = field(default=())

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError(f"A week has seven days, not {len(self.week)}.")

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def special_days(self) -> dict[date, SpecialDay]:
        return dict(self.special)

    @cached_property
    def _pieces(self) -> tuple[tuple[Span, ...], ...]:
        """What each weekday has open between its own midnights, with the tail of a span that began the day before."""
        return tuple(merged([*_heads(self.week[day]), *_tails(self.week[day - 1])]) for day in range(7))

    def pieces(self, day: date) -> tuple[Span, ...]:
        """Return what is open on this local date, in order, without overlap, none reaching over its midnights."""
        own = self.special_days.get(day)
        before = self.special_days.get(day - timedelta(days=1))
        if own is not None:
            return merged(_heads(own.spans))  # what began on the evening before ends at this midnight
        if before is not None:
            return merged([*_heads(self.week[day.weekday()]), *_tails(before.spans)])
        return self._pieces[day.weekday()]

    def is_day_off(self, day: date) -> bool:
        """Whether this weekday is never worked."""
        return not self._pieces[day.weekday()]


AROUND_THE_CLOCK = Hours("UTC", ((ALL_DAY,),) * 7)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in order, those that touch or overlap made one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _heads(spans: Iterable[Span]) -> list[Span]:
    return [Span(span.start, min(span.end, DAY)) for span in spans]


def _tails(spans: Iterable[Span]) -> list[Span]:
    return [Span(0, span.end - DAY) for span in spans if span.end > DAY]

"""Special days as calendars keep them: public holidays, the desk's own days, days of an imported calendar."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from opora.core.business_time import Hours, Span, SpecialDay

if TYPE_CHECKING:
    from opora.calendars.models import CalendarVersion

Source = Literal["holiday", "own", "import"]
Week = tuple[tuple[Span, ...], ...]


@dataclass(frozen=True, order=True)
class Day:
    """A date that is not like its weekday: closed, or open in `spans`.

    `is_worked` is for a public holiday on which the desk works as on any day.
    """

    date: date
    name: str = ""
    spans: tuple[Span, ...] = ()
    source: Source = "own"
    is_worked: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "date": self.date.isoformat(),
            "name": self.name,
            "spans": [[span.start, span.end] for span in self.spans],
            "source": self.source,
            "is_worked": self.is_worked,
        }

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> "Day":
        spans = tuple(Span(*pair) for pair in written["spans"])
        day = date.fromisoformat(written["date"])
        return cls(day, written["name"], spans, written["source"], written["is_worked"])


@dataclass(frozen=True)
class Content:
    """What a version says: zone, week, special days."""

    zone: str
    week: Week
    days: tuple[Day, ...] = ()

    def with_days(self, days: Sequence[Day]) -> "Content":
        return replace(self, days=tuple(days))


def content_of(version: "CalendarVersion") -> Content:
    return Content(version.zone, week_of(version.week), tuple(Day.from_json(day) for day in version.days))


def hours_of(zone: str, week: Sequence[Sequence[Sequence[int]]], days: Iterable[dict[str, Any]]) -> Hours:
    """Return the hours that a version writes down."""
    read = sorted(Day.from_json(written) for written in days)
    special = tuple((day.date, SpecialDay(day.name, day.spans)) for day in read if not day.is_worked)
    return Hours(zone, week_of(week), special)


def week_of(written: Sequence[Sequence[Sequence[int]]]) -> Week:
    return tuple(tuple(Span(start, end) for start, end in spans) for spans in written)


def written_week(week: Week) -> list[list[list[int]]]:
    return [[[span.start, span.end] for span in sorted(spans)] for spans in week]


def put(days: Iterable[Day], new: Iterable[Day]) -> list[Day]:
    """Return the days with new ones in the place of those of the same dates.

    A public holiday yields to what people entered, and keeps what they decided about it.
    """
    by_date = {day.date: day for day in days}
    for day in new:
        before = by_date.get(day.date)
        if day.source == "holiday" and before:
            if before.source == "holiday":
                by_date[day.date] = replace(day, is_worked=before.is_worked)
            continue
        by_date[day.date] = day
    return sorted(by_date.values())

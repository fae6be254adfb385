"""A year at a glance: twelve months of days, each open, closed, or special."""

from calendar import Calendar as Months
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from opora.calendars.special import Content, Day
from opora.calendars.week_text import written


@dataclass(frozen=True)
class Cell:
    """A day of a month as it is drawn; `kind`: open, off, holiday, special, worked."""

    date: date
    kind: str
    words: str
    is_today: bool

    @property
    def is_named(self) -> bool:
        return self.kind in ("holiday", "special", "worked")


@dataclass(frozen=True)
class Month:
    """A month with weeks of seven cells; None where a week reaches into another month."""

    name: str
    weeks: list[list[Cell | None]]


def months_of(year: int, content: Content, *, today: date) -> list[Month]:
    """Return the year's months as the content has them now."""
    days = {day.date: day for day in content.days if day.date.year == year}
    return [_month(year, number, content, days, today) for number in range(1, 13)]


def _month(year: int, number: int, content: Content, days: dict[date, Day], today: date) -> Month:
    weeks = [
        [_cell(day, content, days.get(day), today) if day.month == number else None for day in week]
        for week in Months(firstweekday=0).monthdatescalendar(year, number)
    ]
    return Month(date_format(date(year, number, 1), "F"), weeks)


def _cell(day: date, content: Content, special: Day | None, today: date) -> Cell:
    usual = content.week[day.weekday()]
    said = date_format(day, "DATE_FORMAT")
    if special is None:
        return Cell(day, "open" if usual else "off", said, day == today)
    kind = "worked" if special.is_worked else "special" if special.spans else "holiday"
    hours = f" · {written(special.spans)}" if special.spans else ""
    return Cell(day, kind, f"{said} · {special.name}{hours}", day == today)


def of_year(days: Sequence[Day], year: int) -> list[Day]:
    return [day for day in days if day.date.year == year]

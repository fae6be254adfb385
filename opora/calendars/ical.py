"""Days off from an iCalendar file (RFC 5545): its all-day events, the yearly ones for the years to come."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from icalendar import Calendar as ICalendar

from opora.calendars.special import Day
from opora.core import clock
from opora.core.refusals import Invalid

LARGEST = 1_000_000
"""Bytes of a file that is read; calendars of holidays have some ten thousand."""
MOST_EVENTS = 2000
LONGEST = 62
"""Days that one event may last."""
YEARS_AHEAD = 5


def read_days(text: bytes) -> list[Day]:
    """Return the closed days of a file, each date once, from last year to five years ahead.

    Only all-day events count: meetings of an hour close no desk. Of repetitions, yearly ones on the same date are
    followed. Raises `Invalid` with a sentence for what is no calendar, too large, or without a day off.
    """
    if len(text) > LARGEST:
        raise Invalid(
            _("This file is larger than a megabyte. Export only the calendar of holidays."), field="file"
        )
    try:
        parsed = ICalendar.from_ical(text)
        events = list(parsed.walk("VEVENT"))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as problem:
        raise Invalid(_("This is no iCalendar file (.ics): it could not be read."), field="file") from problem
    if len(events) > MOST_EVENTS:
        raise Invalid(_("This file has too many events to be a calendar of holidays."), field="file")
    found = {day.date: day for event in events for day in _days_of(event)}
    if not found:
        raise Invalid(_("There are no all-day events from last year on in this file."), field="file")
    return sorted(found.values())


def _days_of(event: Any) -> Iterator[Day]:
    try:
        first, last, name = _extent(event)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return  # one event that cannot be read is no reason to lose the others
    if first is None or last is None or str(event.get("STATUS", "")) == "CANCELLED":
        return
    this_year = clock.now().year
    for year in _years(event, first, this_year):
        start = _in_year(first, year)
        for place in range((last - first).days + 1 if start else 0):
            day = date.fromordinal(start.toordinal() + place)  # type: ignore[union-attr]
            if this_year - 1 <= day.year <= this_year + YEARS_AHEAD:
                yield Day(date=day, name=name, source="import")


def _extent(event: Any) -> tuple[date | None, date | None, str]:
    """Return the first and last day of an all-day event, and its name; no days for one with hours."""
    start = event.decoded("DTSTART")
    if isinstance(start, datetime) or not isinstance(start, date):
        return None, None, ""
    end = event.decoded("DTEND") if "DTEND" in event else start + timedelta(days=1)
    if isinstance(end, datetime) or not isinstance(end, date):
        return None, None, ""
    length = min(max((end - start).days, 1), LONGEST)
    return (
        start,
        start + timedelta(days=length - 1),
        str(event.get("SUMMARY", "")).strip()[:120] or _("Day off"),
    )


def _years(event: Any, first: date, this_year: int) -> range:
    """Return the years in which the event takes place: its own, or all of a yearly repetition."""
    rule = event.get("RRULE")
    if not rule or str((rule.get("FREQ") or [""])[0]).upper() != "YEARLY" or len(rule) > 3:
        return range(first.year, first.year + 1)
    until = (rule.get("UNTIL") or [None])[0]
    last = until.year if isinstance(until, date) else this_year + YEARS_AHEAD
    count = (rule.get("COUNT") or [None])[0]
    if isinstance(count, int):
        last = min(last, first.year + count - 1)
    step = (rule.get("INTERVAL") or [1])[0]
    step = step if isinstance(step, int) and step > 0 else 1
    begin = first.year + max(0, -((first.year - (this_year - 2)) // step) * step)
    return range(begin, min(last, this_year + YEARS_AHEAD) + 1, step)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None

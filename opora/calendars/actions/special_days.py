"""Special days of a calendar are entered, changed, removed, imported, and kept ahead of the years."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from opora.calendars.actions.begin_version import change_days
from opora.calendars.actions.save_calendar import with_holidays_of
from opora.calendars.events import CalendarSaved
from opora.calendars.holiday_books import YEARS_AHEAD
from opora.calendars.ical import read_days
from opora.calendars.models import Calendar
from opora.calendars.policy import may_change
from opora.calendars.queries import current_content
from opora.calendars.special import Day, put
from opora.core import clock
from opora.core.refusals import Conflict, Invalid, NotFound
from opora.events.actor import TIMER, ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require

MOST_DAYS = 1000
"""A calendar has no more special days than this."""
FARTHEST = 20
"""Years around the present one in which a special day may lie."""


def put_special_days(calendar: Calendar, days: Sequence[Day], *, by: ActsAsActor) -> Calendar:
    """Put days in the place of what the calendar had on their dates, from now on."""
    with update(by):
        require(may_change(by))
        for day in days:
            _check(day)
        _change(
            calendar,
            {"special_days": [None, [day.to_json() for day in days]]},
            lambda had: put(had, days),
            by=by,
        )
    return calendar


def remove_special_day(calendar: Calendar, day: date, *, by: ActsAsActor) -> None:
    """Let a date be like its weekday again. A public holiday stays in the list as one that is worked."""
    with update(by):
        require(may_change(by))
        _change(
            calendar,
            {"special_days": [day.isoformat(), None]},
            lambda had: [kept for was in had if (kept := _without(was, day))],
            by=by,
        )


def observe_holiday(calendar: Calendar, day: date, *, by: ActsAsActor) -> None:
    """Close on a public holiday that was worked."""
    with update(by):
        require(may_change(by))
        content = current_content(calendar)
        if not content or not any(had.date == day and had.source == "holiday" for had in content.days):
            raise NotFound(_("This calendar has no such holiday."))
        _change(
            calendar,
            {"special_days": [None, day.isoformat()]},
            lambda had: [replace(was, is_worked=False) if was.date == day else was for was in had],
            by=by,
        )


def import_days(calendar: Calendar, text: bytes, *, by: ActsAsActor) -> int:
    """Close on the all-day events of an iCalendar file; returns how many days that were. Raises `Invalid`."""
    days = read_days(text)
    put_special_days(calendar, days, by=by)
    return len(days)


def keep_holidays_ahead() -> int:
    """Add the public holidays of the years to come, once for each year; returns how many calendars got some."""
    now, done = clock.now(), 0
    horizon = now.year + YEARS_AHEAD
    for calendar in Calendar.objects.filter(deleted_at=None).exclude(country=""):
        content = current_content(calendar)
        known = [day.date.year for day in content.days if day.source == "holiday"] if content else []
        if max(known, default=now.year) < horizon:
            done += _add_years_after(calendar, max(known, default=now.year))
    return done


def _add_years_after(calendar: Calendar, year: int) -> bool:
    """What is known of earlier years is not asked for again."""

    def extended(had: Sequence[Day]) -> list[Day]:
        fresh = [day for day in with_holidays_of(calendar, []) if day.date.year > year]
        return put(had, fresh)

    with update(TIMER):
        return change_days(calendar, extended, by=TIMER)


def _check(day: Day) -> None:
    if abs(day.date.year - clock.now().year) > FARTHEST:
        raise Invalid(_("Choose a day within twenty years."), field="date")
    if not day.name.strip():
        raise Invalid(
            _("Give the day a name: it stands in every account of time that it stops."), field="name"
        )


def _change(
    calendar: Calendar, told: dict, change: Callable[[Sequence[Day]], list[Day]], *, by: ActsAsActor
) -> None:
    content = current_content(calendar)
    if content and len(change(content.days)) > MOST_DAYS:
        raise Conflict(
            _("A calendar has at most %(count)s special days. Remove old ones first.") % {"count": MOST_DAYS}
        )
    if change_days(calendar, change, by=by):
        record(CalendarSaved(name=calendar.name, changes=told), subject_id=calendar.pk, by=by)


def _without(day: Day, removed: date) -> Day | None:
    if day.date != removed:
        return day
    return replace(day, is_worked=True) if day.source == "holiday" else None

"""A calendar is added or changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import available_timezones

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opora.calendars.actions.begin_version import begin_version
from opora.calendars.events import CalendarSaved
from opora.calendars.holiday_books import YEARS_AHEAD, YEARS_BACK, countries, holidays_of, subdivisions
from opora.calendars.models import Calendar, CalendarUse
from opora.calendars.policy import may_change
from opora.calendars.queries import current_content
from opora.calendars.special import Content, Day, Week, put, written_week
from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import Changes, apply_changes
from opora.events.recording import record, update
from opora.people.policy import require
from opora.people.queries import desk


@dataclass(frozen=True)
class WeekHours:
    """A week in a zone, and from when on it holds; None is now."""

    zone: str
    week: Week
    since: datetime | None = None


Uses = Mapping[str, Collection[int]]
"""Which brands, groups and organizations have the calendar: `CalendarUse.Kind` to ids."""


def save_calendar(
    calendar: Calendar | None = None,
    *,
    by: ActsAsActor,
    hours: WeekHours | None = None,
    uses: Uses | None = None,
    **fields: object,
) -> Calendar:
    """Add a calendar, or set what is given: name, country, subdivision, is_default, hours, who has it.

    The first calendar is the default one; there is always one. A new calendar needs `hours`.
    """
    with update(by):
        require(may_change(by))
        calendar = calendar or Calendar(is_default=not _others(None).exists())
        created, was_default = calendar.pk is None, calendar.is_default
        changes = apply_changes(calendar, fields)
        _check(calendar, hours, created=created, was_default=was_default)
        if changes or created:
            calendar.save()
            _keep_one_default(calendar)
        changes |= _save_uses(calendar, uses) if uses is not None else {}
        changes |= _save_hours(calendar, hours, changes, by=by)
        if changes or created:
            fact = CalendarSaved(name=calendar.name, created=created, changes=changes)
            record(fact, subject_id=calendar.pk, by=by)
    return calendar


def _others(calendar: Calendar | None) -> QuerySet[Calendar]:
    rows = Calendar.objects.filter(deleted_at=None)
    return rows.exclude(pk=calendar.pk) if calendar and calendar.pk else rows


def _check(calendar: Calendar, hours: WeekHours | None, *, created: bool, was_default: bool) -> None:
    if not calendar.name.strip():
        raise Invalid(_("Give the calendar a name."), field="name")
    if _others(calendar).filter(name__iexact=calendar.name).exists():
        raise Invalid(_("There is a calendar of this name already."), field="name")
    if calendar.country and calendar.country not in countries():
        raise Invalid(_("Holidays of this country are not known. Add its days by hand."), field="country")
    if calendar.subdivision and calendar.subdivision not in dict(subdivisions(calendar.country)):
        raise Invalid(_("This is no part of the country that is chosen."), field="subdivision")
    if was_default and not calendar.is_default:
        sentence = _("One calendar is always the default. Make another calendar the default instead.")
        raise Conflict(sentence, field="is_default")
    if hours is None and created:
        raise Invalid(_("Say in which hours the desk works."), field="week")
    if hours is not None:
        _check_hours(hours)


def _check_hours(hours: WeekHours) -> None:
    if hours.zone not in available_timezones():
        raise Invalid(_("There is no time zone “%(zone)s”.") % {"zone": hours.zone[:64]}, field="zone")
    if not any(hours.week):
        sentence = _("A calendar that is never open stops every clock. Give at least one day some hours.")
        raise Invalid(sentence, field="week")
    if hours.since is not None and hours.since < clock.now():
        sentence = _(
            "Hours cannot change in the past: what was promised then was counted in the hours of then."
        )
        raise Invalid(sentence, field="since")


def _keep_one_default(calendar: Calendar) -> None:
    if calendar.is_default:
        Calendar.objects.exclude(pk=calendar.pk).update(is_default=False)


def _save_uses(calendar: Calendar, uses: Uses) -> Changes:
    """Give the calendar to exactly these; whoever had another one leaves it."""
    changes: Changes = {}
    for kind, wanted in uses.items():
        before = set(calendar.uses.filter(kind=kind).values_list("subject_id", flat=True))
        after = set(wanted)
        if before == after:
            continue
        CalendarUse.objects.filter(kind=kind, subject_id__in=after - before).delete()
        calendar.uses.filter(kind=kind, subject_id__in=before - after).delete()
        CalendarUse.objects.bulk_create(
            CalendarUse(calendar=calendar, kind=kind, subject_id=pk) for pk in sorted(after - before)
        )
        changes[kind] = [sorted(before), sorted(after)]
    return changes


def _save_hours(calendar: Calendar, hours: WeekHours | None, changes: Changes, *, by: ActsAsActor) -> Changes:
    """Begin a version where hours or the country of the holidays are other ones."""
    before = current_content(calendar)
    if hours is None and not {"country", "subdivision"} & set(changes):
        return {}
    days = list(before.days) if before else []
    if before is None or {"country", "subdivision"} & set(changes):
        days = with_holidays_of(calendar, [day for day in days if day.source != "holiday"])
    zone, week = (hours.zone, hours.week) if hours else (before.zone, before.week)  # type: ignore[union-attr]
    since = hours.since if hours else None
    if not begin_version(calendar, Content(zone, week, tuple(days)), by=by, since=since):
        return {}
    told: Changes = {}
    if before is None or before.zone != zone:
        told["zone"] = [before.zone if before else None, zone]
    if before is None or before.week != week:
        told["week"] = [written_week(before.week) if before else None, written_week(week)]
    return told


def with_holidays_of(calendar: Calendar, days: list[Day]) -> list[Day]:
    """Return the days with the public holidays of the calendar's country around the present year."""
    if not calendar.country:
        return days
    year = clock.now().year
    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    found = desk()
    locale = found.locale if found else "en"
    return put(days, holidays_of(calendar.country, calendar.subdivision, years, locale=locale))

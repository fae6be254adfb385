"""Finding calendars, and what they say."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opora.calendars.models import Calendar, CalendarUse, CalendarVersion
from opora.calendars.special import Content, content_of, hours_of
from opora.core import clock
from opora.core.business_time import Schedule, Since
from opora.core.business_time.schedule import in_order
from opora.core.refusals import NotFound
from opora.core.remembered import Remembered

SHOWING_CHANGES = (
    (CalendarVersion, "id"), (CalendarVersion, "saved_at"), (CalendarUse, "id"), (CalendarUse, "since"),
    (CalendarUse, "until"),
)  # fmt: skip
"""The columns that grow with every change of what calendars say and whose they are, for `core.remembered`."""


_HISTORY: Remembered[tuple[list[CalendarUse], dict[int, Schedule]]] = Remembered(*SHOWING_CHANGES)


def calendars() -> QuerySet[Calendar]:
    """Return the calendars in use, the default one first."""
    return Calendar.objects.filter(deleted_at=None).order_by("-is_default", "name", "id")


def default_calendar() -> Calendar | None:
    """Return the desk's default calendar; None on a desk that has none yet, which is then open around the clock."""
    return calendars().first()


def calendar_of(calendar_id: int) -> Calendar:
    """Return the calendar in use of this id. Raises `NotFound`."""
    found = calendars().filter(pk=calendar_id).first()
    if found is None:
        raise NotFound(_("There is no such calendar. Perhaps it was removed."))
    return found


def is_open(calendar_id: int | None, at: datetime) -> bool:
    """Whether a calendar is open at an instant. An id of None, or of none that there is, is around the clock."""
    return schedule_of(calendar_id).is_open(at)


def is_open_for(at: datetime, *, group_id: int | None, brand_id: int | None) -> bool:
    """Whether the hours of a group and brand, as `hours_held` knows them, are open at that instant."""
    return hours_held(at)(group_id, brand_id).is_open(at)


def hours_held(at: datetime) -> Callable[[int | None, int | None], Schedule]:
    """Return what tells the hours of a group and brand: those the group had at an instant; else the brand's; else the
    desk's; else around the clock. It asks the database once, for however many groups.
    """
    uses, hours = _HISTORY.get(lambda: (history_of_uses(), schedules()))
    held = {(use.kind, use.subject_id): use.calendar_id for use in uses if use.holds(at)}

    def of(group_id: int | None, brand_id: int | None) -> Schedule:
        places = (("group", group_id), ("brand", brand_id), ("desk", 0))
        found = next((held[place] for place in places if place in held), None)
        return hours[found] if found in hours else Schedule.always()

    return of


def schedule_of(calendar_id: int | None, at: datetime | None = None) -> Schedule:
    """Return a calendar's hours over all time, as they were known `at` an instant if one is given.

    An id of None, or of none that there is, is around the clock.
    """
    if calendar_id is None:
        return Schedule.always()
    known = CalendarVersion.objects.filter(calendar_id=calendar_id)
    return _schedules(known.filter(saved_at__lte=at) if at else known).get(calendar_id, Schedule.always())


def schedules() -> dict[int, Schedule]:
    """Return the hours of all calendars there ever were, by id, in one query when none has changed."""
    return _schedules(CalendarVersion.objects.all())


def calendars_by_use() -> dict[tuple[str, int], int]:
    """Return which calendar a brand, group or organization has: (kind, id) to the calendar's id."""
    rows = CalendarUse.objects.current().exclude(kind="desk").values_list("kind", "subject_id", "calendar_id")
    return {(kind, subject_id): calendar_id for kind, subject_id, calendar_id in rows}


def history_of_uses() -> list[CalendarUse]:
    """Return who had which calendar when, the desk's default included as (“desk”, 0), oldest first."""
    return list(CalendarUse.objects.order_by("id"))


def version_at(calendar: Calendar, at: datetime) -> CalendarVersion | None:
    """Return the version that holds at an instant: the latest begun, of those of one instant the last written."""
    begun = [version for version in calendar.versions.all() if version.since is None or version.since <= at]
    order = [(version.since is not None, version.since or at, version.number, version) for version in begun]
    return max(order, key=lambda row: row[:3])[-1] if order else None


def current_content(calendar: Calendar) -> Content | None:
    """Return what the calendar says now; None before its first version."""
    if calendar.pk is None:
        return None
    version = version_at(calendar, clock.now())
    return content_of(version) if version else None


Versions = tuple[tuple[str, datetime | None, int], ...]
MOST_REMEMBERED = 500
_REMEMBERED: dict[Versions, Schedule] = {}
"""Schedules by the digests of their versions: making one out of rows takes milliseconds, asking one microseconds."""


def _schedules(known: QuerySet[CalendarVersion]) -> dict[int, Schedule]:
    """Return the schedules of these versions, reading only what is not remembered."""
    written: dict[int, Versions] = {}
    rows = known.order_by("calendar_id", "number").values_list("calendar_id", "digest", "since", "pk")
    for calendar_id, digest, since, pk in rows:
        written[calendar_id] = (*written.get(calendar_id, ()), (digest, since, pk))
    known_already = {versions: _REMEMBERED.get(versions) for versions in written.values()}
    fresh = [pk for versions, schedule in known_already.items() if not schedule for *_known, pk in versions]
    rows_of = CalendarVersion.objects.in_bulk(fresh) if fresh else {}
    return {
        calendar_id: known_already[versions] or _remember(versions, rows_of)
        for calendar_id, versions in written.items()
    }


def _remember(versions: Versions, rows: dict[int, CalendarVersion]) -> Schedule:
    read = [rows[pk] for *_known, pk in versions]
    history = [Since(row.since, hours_of(row.zone, row.week, row.days)) for row in read]
    if len(_REMEMBERED) > MOST_REMEMBERED:
        _REMEMBERED.clear()
    schedule = _REMEMBERED[versions] = Schedule(in_order(history))
    return schedule

"""A calendar in a few words: open now or not, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from opora.calendars.models import Calendar
from opora.calendars.queries import calendars, schedules
from opora.calendars.special import Week
from opora.calendars.week_text import weekly_hours
from opora.core import clock
from opora.core.business_time import Schedule
from opora.people.models import Brand, Group, Organization


@dataclass(frozen=True)
class Glance:
    """Whether a schedule is open at an instant, and the sentence that says so."""

    is_open: bool
    words: str


def glance(schedule: Schedule, at: datetime, zone: str) -> Glance:
    """Say it in the calendar's own zone: "open until 18:00", "closed, opens on Monday at 09:00"."""
    if schedule.is_open(at):
        closes = schedule.next_close(at)
        if closes is None:
            return Glance(True, _("Open around the clock"))
        return Glance(True, _("Open until %(time)s") % {"time": _moment(closes, at, zone)})
    opens = schedule.next_open(at)
    if opens is None:
        return Glance(False, _("Never open"))
    return Glance(False, _("Closed, opens %(time)s") % {"time": _moment(opens, at, zone)})


def _moment(moment: datetime, now: datetime, zone: str) -> str:
    tz = ZoneInfo(zone)
    local, today = moment.astimezone(tz), now.astimezone(tz).date()
    if local.date() == today:
        return time_format(local, "H:i")
    if (local.date() - today).days < 7:
        return f"{date_format(local, 'D')} {time_format(local, 'H:i')}"
    return f"{date_format(local, 'SHORT_DATE_FORMAT')} {time_format(local, 'H:i')}"


@dataclass(frozen=True)
class Row:
    """A calendar of the list."""

    calendar: Calendar
    zone: str
    week: Week
    glance: Glance
    users: Sequence[str]

    @property
    def hours(self) -> float:
        return weekly_hours(self.week)


def rows() -> list[Row]:
    """Return the calendars in use as the list shows them, in a constant number of queries."""
    at, known = clock.now(), schedules()
    found = list(calendars().prefetch_related("uses"))
    names = _names([(use.kind, use.subject_id) for row in found for use in row.uses.all()])
    made = []
    for row in found:
        hours = known[row.pk].hours_at(at)
        users = [
            names[use.kind, use.subject_id] for use in row.uses.all() if (use.kind, use.subject_id) in names
        ]
        made.append(Row(row, hours.zone, hours.week, glance(known[row.pk], at, hours.zone), sorted(users)))
    return made


def _names(uses: Sequence[tuple[str, int]]) -> dict[tuple[str, int], str]:
    models = {"brand": Brand, "group": Group, "organization": Organization}
    return {
        (kind, pk): name
        for kind, model in models.items()
        for pk, name in model._default_manager.filter(pk__in=[i for k, i in uses if k == kind]).values_list(
            "pk", "name"
        )
    }


def local_now(zone: str) -> datetime:
    return timezone.localtime(clock.now(), ZoneInfo(zone))

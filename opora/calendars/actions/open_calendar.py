"""A desk gets its first calendar."""

from django.utils.translation import gettext as _

from opora.calendars.actions.save_calendar import WeekHours, save_calendar
from opora.calendars.models import Calendar
from opora.calendars.week_text import WORKING_WEEK
from opora.events.actor import SYSTEM
from opora.people.queries import desk


def open_default_calendar() -> Calendar:
    """Make Monday to Friday, nine to six in the desk's zone, the default calendar, named in the active language."""
    found = desk()
    hours = WeekHours(found.time_zone if found else "UTC", WORKING_WEEK)
    return save_calendar(by=SYSTEM, name=_("Working hours"), hours=hours)

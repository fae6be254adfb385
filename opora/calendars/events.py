"""Facts about calendars."""

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event


@event("calendar.saved")
class CalendarSaved(ConfigurationFact):
    """A calendar was added, or its name, hours, holidays or users were changed."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("calendars:calendar", args=[subject_id])


@event("calendar.version_begun")
class CalendarVersionBegun(Fact):
    """A calendar has other hours or special days from an instant on: business time is counted anew from there."""

    version_id: int
    number: int
    since: str | None = None

    def sentence(self) -> str:
        return _("gave a calendar its version %(number)s") % {"number": self.number}

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("calendars:versions", args=[subject_id])


@event("calendar.removed")
class CalendarRemoved(Fact):
    """A calendar was taken out of use; what was counted in it stays."""

    name: str

    def sentence(self) -> str:
        return _("removed the calendar “%(name)s”") % {"name": self.name}

from opora.calendars.models.calendar import Calendar
from opora.calendars.models.use import CalendarUse
from opora.calendars.models.version import CalendarVersion

__all__ = ["Calendar", "CalendarUse", "CalendarVersion"]

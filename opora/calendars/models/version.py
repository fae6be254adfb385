from django.db import models

from opora.calendars.models.calendar import Calendar
from opora.calendars.special import hours_of
from opora.core import clock
from opora.core.business_time import Hours
from opora.people.models import Person


class CalendarVersion(models.Model):
    """A calendar's hours from an instant on, until a later version's. Rows are only ever added.

    `week` is seven lists of [from minute, to minute], Monday first; an end beyond 1440 lies on the next day. `days`
    are its special days as `special.Day` writes them. `since` is empty for the first, which holds for all the past.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    since = models.DateTimeField(null=True)
    zone = models.CharField(max_length=64)
    week = models.JSONField()
    days = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_once")]

    def __str__(self) -> str:
        return f"{self.calendar_id}/{self.number}"

    @property
    def hours(self) -> Hours:
        return hours_of(self.zone, self.week, self.days)

from datetime import datetime

from django.db import models
from django.db.models import Q

from opora.calendars.models.calendar import Calendar


class CalendarUseQuerySet(models.QuerySet["CalendarUse"]):
    def current(self) -> "CalendarUseQuerySet":
        return self.filter(until=None)


class CalendarUse(models.Model):
    """Whose calendar it is, from when until when: a brand's, a group's, an organization's, or the desk's default.

    Rows are closed, never removed: what was counted while they held is counted so for ever. `since` is empty for the
    desk's first default, which has held always.
    """

    class Kind(models.TextChoices):
        BRAND = "brand"
        GROUP = "group"
        ORGANIZATION = "organization"
        DESK = "desk"

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=12, choices=Kind)
    subject_id = models.BigIntegerField()
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    objects = CalendarUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"], condition=Q(until=None), name="one_calendar_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: calendar {self.calendar_id}"

    def holds(self, at: datetime) -> bool:
        """Whether it was so at an instant."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

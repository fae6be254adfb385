from django.db import models

from opora.calendars.models.calendar import Calendar


class CalendarUse(models.Model):
    """A brand, group or organization that has a calendar of its own; others have the desk's default."""

    class Kind(models.TextChoices):
        BRAND = "brand"
        GROUP = "group"
        ORGANIZATION = "organization"

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="uses")
    kind = models.CharField(max_length=12, choices=Kind)
    subject_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject_id"], name="one_calendar_each")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}: calendar {self.calendar_id}"

from django.db import models
from django.db.models import Q

from opora.sla.models.policy import SlaPolicy
from opora.tickets.models import Ticket


class ClockRow(models.Model):
    """A clock as reports and the ticker find it: a projection, rebuilt by replay. Its key is stable.

    Lengths are of the instant it stopped; `next_at` is when it is told of next, or counts on by itself after a pause.
    `reported_at` is when it counts in reports: its stop, or its breach while it is open (S15).
    """

    key = models.CharField(max_length=60, primary_key=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    policy = models.ForeignKey(SlaPolicy, on_delete=models.PROTECT, related_name="+", db_index=False)
    version_id = models.BigIntegerField()
    agreement = models.CharField(max_length=3)
    metric = models.CharField(max_length=20)
    cycle = models.PositiveIntegerField()
    priority = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9)
    outcome = models.CharField(max_length=9, default="")
    first_outcome = models.CharField(max_length=9, default="")
    target = models.DurationField()
    elapsed = models.DurationField(null=True)
    real = models.DurationField(null=True)
    paused = models.DurationField(null=True)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    breach_at = models.DateTimeField(null=True)
    first_breach_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    next_threshold = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], name="clock_next", condition=Q(next_at__isnull=False)),
            models.Index(fields=["ticket", "agreement"], name="clock_ticket"),
            models.Index(
                fields=["reported_at"], name="clock_reported", condition=Q(reported_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.key

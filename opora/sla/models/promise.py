from django.db import models
from django.db.models import Q

from opora.tickets.models import Ticket


class Promise(models.Model):
    """What the fold keeps of a ticket, and its next dates for lists: a projection, rebuilt by replay.

    `next_*` are of the customer's promise (SLA) that breaks first; `breached` says whether a live one is broken.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="promise")
    state = models.JSONField()
    next_since = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(null=True)
    next_breach_at = models.DateTimeField(null=True)
    next_metric = models.CharField(max_length=20, default="")
    breached = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)
    uncovered = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_breach_at", "ticket"],
                name="promise_next",
                condition=Q(next_breach_at__isnull=False),
            ),
            models.Index(fields=["ticket"], name="promise_uncovered", condition=Q(uncovered=True)),
        ]

    def __str__(self) -> str:
        return f"promise of {self.ticket_id}"

from django.db import models
from django.db.models import Q

from opora.core import clock
from opora.people.models import Person
from opora.tickets.models.forward import Forward
from opora.tickets.models.ticket import Ticket


class ScheduledReply(models.Model):
    """A reply, a note or a forward that leaves later: in the ten seconds in which it can be undone, or at the time that was chosen.

    Until it leaves nothing has happened to the ticket; a killed process loses nothing, for the row is sent by
    whoever finds it due.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="scheduled")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    html = models.TextField()
    is_public = models.BooleanField(default=True)
    cc = models.JSONField(null=True, blank=True)
    attachment_ids = models.JSONField(default=list, blank=True)
    status_id = models.PositiveBigIntegerField(null=True)
    forward = models.OneToOneField(Forward, on_delete=models.CASCADE, null=True, related_name="scheduled")
    due_at = models.DateTimeField()
    created_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=255, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="scheduled_due",
                condition=Q(sent_at__isnull=True, cancelled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"reply to {self.ticket_id} at {self.due_at}"

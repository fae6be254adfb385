from django.db import models

from opora.core import clock
from opora.people.models import Person
from opora.tickets.models.ticket import Ticket


class Draft(models.Model):
    """What a colleague has typed and not sent on a ticket: a reply or a note, as the composer stands."""

    class Kind(models.TextChoices):
        REPLY = "reply"
        NOTE = "note"

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=5, choices=Kind)
    html = models.TextField(blank=True, default="")
    cc = models.JSONField(default=list, blank=True)
    attachment_ids = models.JSONField(default=list, blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} on {self.ticket_id}"

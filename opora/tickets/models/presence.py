from django.db import models

from opora.core import clock
from opora.people.models import Person
from opora.tickets.models.ticket import Ticket


class Presence(models.Model):
    """A colleague who has the ticket open now; a row older than a minute is stale and means nothing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="presences", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="presences")
    is_typing = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.ticket_id}"


class ReadMark(models.Model):
    """The last comment of a ticket that a colleague has seen."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="read_marks", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="read_marks")
    comment_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="read_mark_once")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.ticket_id} to {self.comment_id}"

from django.db import models

from opora.people.models import Person
from opora.tickets.models.ticket import Ticket


class Collaboration(models.Model):
    """Somebody beside requester and assignee: in copy of the mails (cc), or told of all that happens (follower)."""

    class Kind(models.TextChoices):
        CC = "cc"
        FOLLOWER = "follower"

    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="collaborations", db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="collaborations", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Kind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "person", "kind"], name="collaboration_once")
        ]
        indexes = [models.Index(fields=["person", "kind", "ticket"], name="collaboration_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.ticket_id}"

from django.db import models

from opora.core import clock
from opora.people.models import Group, Person
from opora.tickets.models.ticket import Ticket


class SatisfactionRating(models.Model):
    """What the requester thought of how a ticket was solved: good or bad, and why. One a ticket; the last word counts.

    `assignee` and `group` are those of the moment it was given.
    """

    class Score(models.TextChoices):
        GOOD = "good"
        BAD = "bad"

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, related_name="rating")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    score = models.CharField(max_length=4, choices=Score)
    comment = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [
            models.Index(fields=["updated_at", "id"], name="rating_updated"),
            models.Index(fields=["score", "ticket"], name="rating_score"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.ticket_id}"

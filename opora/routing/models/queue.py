from django.db import models
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.people.models import Group, Person
from opora.tickets.models import Ticket


class Queue(models.Model):
    """A routing rule: which tickets, whose they are, and how one of those people is chosen. The first that fits counts.

    Without a group the people of the ticket's own group are asked. `relax_minutes` is how long a ticket waits before
    each level of what it needs gives way, 0 for never.
    """

    class Strategy(models.TextChoices):
        ROUND_ROBIN = "round_robin", pgettext_lazy("strategy", "In turn")
        LEAST_LOADED = "least_loaded", pgettext_lazy("strategy", "Least loaded first")
        BEST_SKILLED = "best_skilled", pgettext_lazy("strategy", "Best skilled first")

    class Language(models.TextChoices):
        IGNORED = "ignored", pgettext_lazy("customer’s language", "does not matter")
        WANTED = "wanted", pgettext_lazy("customer’s language", "is wanted, and gives way in time")
        FIRM = "firm", pgettext_lazy("customer’s language", "is a must")

    name = models.CharField(max_length=120, unique=True)
    conditions = models.JSONField(default=dict)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="queues")
    strategy = models.CharField(max_length=12, choices=Strategy, default=Strategy.LEAST_LOADED)
    language = models.CharField(max_length=8, choices=Language, default=Language.WANTED)
    relax_minutes = models.PositiveSmallIntegerField(default=15)
    is_sticky = models.BooleanField(default=True)
    takes_back = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Waiting(models.Model):
    """A ticket that a queue has to give to somebody.

    `needs` is what it asks for: rows of skill, level, firm. `not_to` are the people it was taken from.
    """

    ticket = models.OneToOneField(Ticket, on_delete=models.CASCADE, primary_key=True, related_name="waiting")
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="waiting")
    needs = models.JSONField(default=list)
    not_to = models.JSONField(default=list)
    since = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["since", "ticket"], name="waiting_since")]

    def __str__(self) -> str:
        return f"#{self.ticket_id} waits in {self.queue_id}"


class Turn(models.Model):
    """When a person was last given work by a queue, as a number that grows with each assignment of the queue."""

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="turns")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="turns")
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["queue", "person"], name="turn_once")]

    def __str__(self) -> str:
        return f"turn {self.number} of {self.person_id} in {self.queue_id}"

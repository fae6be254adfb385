from django.db import models
from django.db.models import Q

from opora.people.models import Person, Role

ORDINARY = 100
"""The weight of one ordinary ticket. Loads and capacities are whole hundredths of it, so that sums are exact."""


def standard_weights() -> dict[str, dict[str, int]]:
    """Return the weights that a desk starts with, in per cent: our turn counts, waiting for others hardly."""
    return {
        "category": {"new": 100, "open": 100, "pending": 20, "hold": 10},
        "priority": {"none": 100, "low": 75, "normal": 100, "high": 150, "urgent": 200},
        "type": {"none": 100, "question": 100, "incident": 150, "problem": 100, "task": 75},
    }


class RoutingSettings(models.Model):
    """How the one desk routes. Whoever distributes work holds this row, so that no slot is given away twice."""

    weights = models.JSONField(default=standard_weights)
    idle_minutes = models.PositiveSmallIntegerField(default=15)
    away_reasons = models.JSONField(default=list)

    def __str__(self) -> str:
        return "routing"


class Capacity(models.Model):
    """How many ordinary tickets at once: of one person, else of a role, else of the whole desk (neither is set).

    None of a way of working says that the next wider rule decides.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="capacity"
    )
    role = models.OneToOneField(
        Role, on_delete=models.CASCADE, null=True, blank=True, related_name="capacity"
    )
    mail = models.PositiveSmallIntegerField(null=True, blank=True)
    messaging = models.PositiveSmallIntegerField(null=True, blank=True)
    voice = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(role__isnull=True), name="capacity_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"capacity of {self.person or self.role or 'the desk'}"

from django.db import models

from opora.core import clock
from opora.people.models import Person


class WhatIf(models.Model):
    """A draft held against the past: what it asks, how far it is, and what came out.

    `question` has the period, the draft's content and which policy or calendar it stands for; `result` the attainment
    before and after and the tickets that would change.
    """

    question = models.JSONField()
    result = models.JSONField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, default="")
    asked_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"what if {self.pk}"

from django.db import models

from opora.core import clock
from opora.people.models import Person


class Trial(models.Model):
    """A rule tried on the past: how far it is, and the tickets it would have fired on. Forgotten after a day."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    conditions = models.JSONField(default=dict)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    days = models.PositiveSmallIntegerField(default=7)
    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    looked = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    fired = models.PositiveIntegerField(default=0)
    found = models.JSONField(default=list)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"trial over {self.days} days: {self.fired}"

    @property
    def share(self) -> int:
        """How much is done, in per cent."""
        return 100 * self.looked // self.total if self.total else 0

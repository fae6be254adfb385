from django.db import models

from opora.core import clock
from opora.people.models import Person


class Job(models.Model):
    """Work on many objects that a client asked for at once and comes back for: queued, working, then completed or failed.

    `key` is what clients know it by. `items` is what was asked of each object, `results` what came of it.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        WORKING = "working"
        COMPLETED = "completed"
        FAILED = "failed"

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_jobs")
    state = models.CharField(max_length=9, choices=State, default=State.QUEUED)
    items = models.JSONField(default=list)
    total = models.PositiveIntegerField(null=True)
    progress = models.PositiveIntegerField(null=True)
    message = models.CharField(max_length=255, blank=True, default="")
    results = models.JSONField(null=True)
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.key} {self.kind} {self.state}"

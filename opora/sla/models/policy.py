from django.db import models

from opora.core import clock
from opora.people.models import Person


class SlaPolicy(models.Model):
    """What is promised to some tickets. What it says, and said, stands in its versions; the order is that of `position`."""

    name = models.CharField(max_length=120)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """What a policy says from its saving on. Rows are only ever added. `content` is as `content.Content` writes it."""

    policy = models.ForeignKey(SlaPolicy, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    saved_at = models.DateTimeField(default=clock.now)
    saved_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once")]

    def __str__(self) -> str:
        return f"{self.policy_id}/{self.number}"


class PolicyBook(models.Model):
    """Which versions are in force, in which order, from an instant on until the next book's."""

    since = models.DateTimeField(default=clock.now)
    version_ids = models.JSONField(default=list)

    class Meta:
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"from {self.since}: {self.version_ids}"

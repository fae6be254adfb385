"""The log, the work that follows from it, and the seals that prove nobody changed it."""

from django.db import models
from django.db.models import Q

from opora.core import clock


class Event(models.Model):
    """One recorded fact. Rows are only ever added.

    All events of one save share `update_id`. `occurred_at` is when the fact became true, `recorded_at` when we
    wrote it down. `cause` is the event that led to this one and `depth` how many such steps lie behind it.
    """

    id = models.BigAutoField(primary_key=True)
    update_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=255)
    via = models.CharField(max_length=20)
    cause_id = models.BigIntegerField(null=True)
    depth = models.PositiveSmallIntegerField(default=0)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    body = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="event_subject"),
            models.Index(fields=["kind", "id"], name="event_kind"),
            models.Index(fields=["actor_id", "id"], name="event_actor", condition=Q(actor_id__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} by {self.actor_name}"


class Delivery(models.Model):
    """One reaction's duty towards one event: done once it has run without error."""

    class State(models.TextChoices):
        PENDING = "pending"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="deliveries")
    reaction = models.CharField(max_length=100)
    update_id = models.BigIntegerField(db_index=True)
    state = models.CharField(max_length=8, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    error = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["due_at"], name="delivery_due", condition=Q(state__in=["pending", "running"])
            ),
            models.Index(fields=["-id"], name="delivery_failed", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of event {self.event_id}: {self.state}"


class Signal(models.Model):
    """Something worth a look now and forgotten soon: who looks at a ticket, who types. Pruned after minutes."""

    kind = models.CharField(max_length=30)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind}:{self.subject_id}"


class Seal(models.Model):
    """A link of the chain over the log: the digest of the events up to `last_event_id` and of the seal before."""

    first_event_id = models.BigIntegerField()
    last_event_id = models.BigIntegerField(unique=True)
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"events {self.first_event_id}-{self.last_event_id}: {self.digest[:12]}"

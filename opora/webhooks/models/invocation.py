from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.core.ulid import LENGTH, new_ulid
from opora.webhooks.models.webhook import Webhook


class Invocation(models.Model):
    """One request that is owed to a webhook, with what it says; sent at least once, each time under `public_id`.

    It comes from an event (`event_id`, `event_type`), once for each, or from a rule (`event_type` is empty).
    `queued_at` is since when it has been owed, anew after a person asked for it again. `claimed_at` says that somebody
    sends it now; a claim that is too old was left by a killed process.
    """

    class State(models.TextChoices):
        PENDING = "pending", pgettext_lazy("webhook delivery", "Waiting")
        SENDING = "sending", pgettext_lazy("webhook delivery", "Being sent")
        DELIVERED = "delivered", pgettext_lazy("webhook delivery", "Delivered")
        FAILED = "failed", pgettext_lazy("webhook delivery", "Failed")

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_ulid)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="invocations", db_index=False)
    event_type = models.CharField(max_length=80, blank=True, default="")
    event_id = models.BigIntegerField(null=True)
    ticket_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(max_length=255, blank=True, default="")
    query = models.TextField(blank=True, default="")
    body = models.TextField(blank=True, default="")
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    queued_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True)
    status_code = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=clock.now, db_index=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "event_id", "event_type"],
                name="webhook_told_once",
                condition=Q(event_id__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["webhook", "due_at"],
                name="invocation_due",
                condition=Q(state__in=["pending", "sending"]),
            ),
            models.Index(fields=["webhook", "-id"], name="invocation_webhook"),
            models.Index(fields=["state", "-id"], name="invocation_state"),
            models.Index(fields=["webhook", "state", "-id"], name="invocation_both"),
        ]

    def __str__(self) -> str:
        return f"{self.public_id} to {self.webhook_id}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("webhooks:delivery", args=[self.pk])

    @property
    def is_over(self) -> bool:
        return self.state in (self.State.DELIVERED, self.State.FAILED)

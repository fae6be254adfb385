from django.db import models

from opora.webhooks.models.webhook import Webhook


class Health(models.Model):
    """How a webhook's endpoint has been doing. Written by whoever sends, so it is apart from its settings.

    While `paused_until` is ahead, nothing is sent. `broken_since` says that the circuit is open: once the pause is
    over, one request goes as a trial; `pauses` counts the trials that failed, and each makes the next pause longer.
    What failed before `resumed_at` does not count against it any more.
    A pause without `broken_since` is one that the endpoint asked for (Retry-After).
    """

    webhook = models.OneToOneField(Webhook, on_delete=models.CASCADE, related_name="health", primary_key=True)
    paused_until = models.DateTimeField(null=True)
    broken_since = models.DateTimeField(null=True, db_index=True)
    pauses = models.PositiveSmallIntegerField(default=0)
    resumed_at = models.DateTimeField(null=True)
    last_success_at = models.DateTimeField(null=True)
    last_failure_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.webhook_id}: {'broken' if self.broken_since else 'well'}"

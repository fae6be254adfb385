from django.db import models
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.webhooks.models.invocation import Invocation
from opora.webhooks.models.webhook import Webhook


class Outcome(models.TextChoices):
    """How an attempt ended; `backoff.RETRIED` says which of these are worth another."""

    SUCCESS = "success", pgettext_lazy("webhook attempt", "Delivered")
    REDIRECTED = "redirected", pgettext_lazy("webhook attempt", "Redirected")
    REFUSED = "refused", pgettext_lazy("webhook attempt", "Refused")
    CONFLICT = "conflict", pgettext_lazy("webhook attempt", "Conflict")
    THROTTLED = "throttled", pgettext_lazy("webhook attempt", "Too many requests")
    SERVER_ERROR = "server_error", pgettext_lazy("webhook attempt", "Error of the endpoint")
    TIMEOUT = "timeout", pgettext_lazy("webhook attempt", "No answer in time")
    UNREACHABLE = "unreachable", pgettext_lazy("webhook attempt", "Not reachable")
    CERTIFICATE = "certificate", pgettext_lazy("webhook attempt", "Certificate not trusted")
    FORBIDDEN = "forbidden", pgettext_lazy("webhook attempt", "Address not allowed")
    IMPOSSIBLE = "impossible", pgettext_lazy("webhook attempt", "Could not be made")


class Attempt(models.Model):
    """One try of an invocation: what was sent besides its body, and what came back. Secrets stand as dots.

    `response_body` is cut to its first bytes; `details` is what the machine said when there was no answer.
    """

    invocation = models.ForeignKey(
        Invocation, on_delete=models.CASCADE, related_name="attempts", db_index=False
    )
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="+", db_index=False)
    started_at = models.DateTimeField(default=clock.now)
    duration_ms = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=12, choices=Outcome)
    method = models.CharField(max_length=6)
    url = models.TextField()
    request_headers = models.JSONField(default=list)
    status_code = models.PositiveSmallIntegerField(null=True)
    response_headers = models.JSONField(default=list)
    response_body = models.TextField(blank=True, default="")
    is_cut = models.BooleanField(default=False)
    details = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["invocation", "id"], name="attempt_invocation"),
            models.Index(fields=["webhook", "started_at", "outcome"], name="attempt_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.invocation_id}: {self.outcome}"

    @property
    def is_success(self) -> bool:
        return self.outcome == Outcome.SUCCESS

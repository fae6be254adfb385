import json
from functools import cached_property

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.core.crypto import decrypt
from opora.core.ulid import LENGTH, new_ulid
from opora.people.models import Person


class Webhook(models.Model):
    """An address of another program that is told of what happens here.

    `public_id` is its name on the wire. Passwords, tokens, headers and signing secrets are encrypted
    (`core.crypto`); after a change of the signing secret `previous_secret` signs as well until
    `previous_secret_until`.
    """

    class Method(models.TextChoices):
        POST = "POST", "POST"
        PUT = "PUT", "PUT"
        PATCH = "PATCH", "PATCH"
        GET = "GET", "GET"
        DELETE = "DELETE", "DELETE"

    class Format(models.TextChoices):
        JSON = "json", "JSON"
        XML = "xml", "XML"
        FORM = "form_encoded", pgettext_lazy("request format", "Form fields")

    class Authentication(models.TextChoices):
        NONE = "none", pgettext_lazy("authentication", "None")
        BASIC = "basic_auth", pgettext_lazy("authentication", "User name and password")
        BEARER = "bearer_token", pgettext_lazy("authentication", "Bearer token")
        API_KEY = "api_key", pgettext_lazy("authentication", "API key in a header")

    public_id = models.CharField(max_length=LENGTH, unique=True, default=new_ulid)
    name = models.CharField(max_length=120)
    description = models.CharField(max_length=255, blank=True, default="")
    endpoint = models.CharField(max_length=2000)
    http_method = models.CharField(max_length=6, choices=Method, default=Method.POST)
    request_format = models.CharField(max_length=12, choices=Format, default=Format.JSON)
    is_active = models.BooleanField(default=True)
    authentication = models.CharField(max_length=12, choices=Authentication, default=Authentication.NONE)
    auth_name = models.CharField(max_length=255, blank=True, default="")
    auth_secret = models.TextField(blank=True, default="")
    sealed_headers = models.TextField(blank=True, default="")
    signing_secret = models.TextField()
    previous_secret = models.TextField(blank=True, default="")
    previous_secret_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(default=clock.now)
    updated_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def named_as(self) -> str:
        """How rules name it."""
        return self.public_id

    @cached_property
    def event_types(self) -> list[str]:
        """What it is subscribed to, in order: names of `vocabulary.EVENT_TYPES`, or the one of rules."""
        return sorted(row.event_type for row in self.subscriptions.all())

    @property
    def custom_headers(self) -> dict[str, str]:
        """The headers that every request carries besides ours, in the clear."""
        return json.loads(decrypt(self.sealed_headers) or "{}")


class Subscription(models.Model):
    """One kind of event that a webhook wants to hear of."""

    webhook = models.ForeignKey(
        Webhook, on_delete=models.CASCADE, related_name="subscriptions", db_index=False
    )
    event_type = models.CharField(max_length=80, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event_type"], name="webhook_subscribed_once"),
            models.CheckConstraint(condition=~Q(event_type=""), name="webhook_subscribed_to_something"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} to {self.event_type}"

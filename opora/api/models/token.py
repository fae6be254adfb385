from django.db import models

from opora.core import clock
from opora.people.models import Person


class ApiToken(models.Model):
    """A secret by which a program acts as a colleague; only its hash is kept, and the last four characters to tell it by.

    `scopes` bound what it may do: `read`, `write`, `impersonate`, or of one resource, as `tickets:read`. What the
    person's role does not allow the token does not either.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = models.JSONField(default=list)
    client = models.CharField(max_length=120, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} …{self.hint}"

    @property
    def is_valid(self) -> bool:
        """Whether it opens anything now."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > clock.now())

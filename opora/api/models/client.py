from typing import ClassVar

from django.db import models
from oauth2_provider.models import AbstractApplication, ApplicationManager


class OAuthClient(AbstractApplication):
    """A program that may ask people for access to the desk. It may also act in the name of whoever registered it.

    `client_id` is the name that the program gives itself, as in the Support API; the secret is kept as a hash.
    """

    description = models.CharField(max_length=255, blank=True, default="")
    company = models.CharField(max_length=120, blank=True, default="")

    objects: ClassVar[models.Manager["OAuthClient"]] = ApplicationManager()

    class Meta(AbstractApplication.Meta):
        ordering = ["id"]

    def allows_grant_type(self, *grant_types: str) -> bool:
        """Codes always; its own credentials only where it can keep a secret."""
        allowed = {self.GRANT_AUTHORIZATION_CODE}
        if self.client_type == self.CLIENT_CONFIDENTIAL:
            allowed.add(self.GRANT_CLIENT_CREDENTIALS)
        return bool(allowed & set(grant_types))

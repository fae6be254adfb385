from django.db import models

from opora.core import clock
from opora.tickets.models import Ticket


class LinkSalt(models.Model):
    """Makes all links of a ticket given out before `changed_at` worthless; a ticket without one has none revoked."""

    ticket = models.OneToOneField(
        Ticket, on_delete=models.CASCADE, primary_key=True, related_name="link_salt"
    )
    salt = models.CharField(max_length=16)
    changed_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"salt of {self.ticket_id}"

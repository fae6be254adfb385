from django.db import models

from opora.automation.models.rule import Rule
from opora.core import clock
from opora.tickets.models import Ticket


class Holding(models.Model):
    """An automation has fired on a ticket whose conditions hold ever since; it fires again when they ceased and hold anew."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="holdings", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "ticket"], name="holding_once")]

    def __str__(self) -> str:
        return f"rule {self.rule_id} holds on {self.ticket_id}"

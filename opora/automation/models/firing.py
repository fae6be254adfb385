from django.db import models


class Firing(models.Model):
    """A rule fired on a ticket: a projection of the log, for counting. The event says why and what came of it."""

    event_id = models.BigIntegerField(primary_key=True)
    rule_id = models.BigIntegerField()
    ticket_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["rule_id", "at"], name="firing_rule"),
            models.Index(fields=["rule_id", "ticket_id"], name="firing_rule_ticket"),
        ]

    def __str__(self) -> str:
        return f"rule {self.rule_id} on {self.ticket_id}"

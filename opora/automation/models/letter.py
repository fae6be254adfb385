from django.db import models

from opora.automation.models.rule import Rule
from opora.core import clock


class RuleLetter(models.Model):
    """A rule wrote to an address: what the limit per correspondent counts. Forgotten after a day."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="letters", db_index=False)
    address = models.CharField(max_length=254)
    at = models.DateTimeField(default=clock.now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["rule", "address", "at"], name="rule_letter")]

    def __str__(self) -> str:
        return f"rule {self.rule_id} to {self.address}"

from django.db import models

from opora.automation.models.rule import Rule
from opora.core import clock


class StandardRule(models.Model):
    """A standard rule that the desk has had or did not want: it is not offered again, even when it was removed.

    `rule` is what was made of it, if it is still there. `key` is the name of the standard rule in `presets`.
    """

    key = models.CharField(max_length=40, primary_key=True)
    rule = models.ForeignKey(Rule, on_delete=models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.key

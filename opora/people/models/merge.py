from django.db import models
from django.db.models import Q

from opora.core import clock
from opora.events.models import Event
from opora.people.models.person import Person


class PersonMerge(models.Model):
    """Two customers became one, and what has to go back if that was a mistake.

    `kept` is what `source` and `into` had before, `moved` the ids of the rows that changed hands, by what they are;
    other rooms add theirs. `event` is the fact in the log that the merge can be undone from.
    """

    source = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    event = models.OneToOneField(Event, on_delete=models.SET_NULL, null=True, related_name="+")
    kept = models.JSONField(default=dict)
    moved = models.JSONField(default=dict)
    merged_at = models.DateTimeField(default=clock.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], name="merged_once", condition=Q(undone_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} into {self.into_id}"

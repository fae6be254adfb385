from django.db import models

from opora.notifications.kinds import Kind
from opora.people.models import Person


class Preference(models.Model):
    """What a person chose for one kind; without a row the defaults of `kinds.KINDS` hold."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    in_app = models.BooleanField()
    by_mail = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="preference_once")]
        indexes = [models.Index(fields=["kind", "person"], name="preference_kind")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id}: in app {self.in_app}, by mail {self.by_mail}"

from django.db import models

from opora.people.models import Group, Person


class Macro(models.Model):
    """A prepared step: text to insert, and properties to set, in one stroke. Of one person, one group, or all."""

    title = models.CharField(max_length=160)
    description = models.CharField(max_length=255, blank=True, default="")
    html = models.TextField(blank=True, default="")
    is_note = models.BooleanField(default=False)
    actions = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="macros")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="macros")
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "title", "id"]

    def __str__(self) -> str:
        return self.title

from django.db import models

from opora.people.models import Group, Person


class View(models.Model):
    """A saved list of tickets: conditions, order, grouping and columns. Of one person, one group, or all."""

    title = models.CharField(max_length=120)
    description = models.CharField(max_length=255, blank=True, default="")
    conditions = models.JSONField(default=dict)
    sort = models.CharField(max_length=20, default="-updated_at")
    group_by = models.CharField(max_length=20, blank=True, default="")
    columns = models.JSONField(default=list, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="views")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, null=True, blank=True, related_name="views")
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

from django.db import models
from django.utils.translation import pgettext

from opora.core import clock
from opora.knowledge.models.segment import CONTEXT, Segment


class PermissionGroup(models.Model):
    """Who of those that may write articles may write these, and who may publish them.

    The role decides first (`knowledge.write`, `knowledge.publish`); colleagues must also belong to one of the segments.
    """

    name = models.CharField(max_length=120, unique=True)
    editors = models.ManyToManyField(Segment, blank=True, related_name="+")
    publishers = models.ManyToManyField(Segment, blank=True, related_name="+")
    is_built_in = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-is_built_in", "name", "id"]

    def __str__(self) -> str:
        return pgettext(CONTEXT, self.name) if self.is_built_in else self.name

from django.db import models

from opora.core import clock


class Calendar(models.Model):
    """Hours of work that promises are counted in. What they are, and were, stands in its versions.

    `country` and `subdivision` (ISO 3166) say whose public holidays it has, "" for none.
    """

    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, blank=True, default="")
    subdivision = models.CharField(max_length=40, blank=True, default="")
    is_default = models.BooleanField(default=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

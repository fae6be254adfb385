from django.db import models
from django.urls import reverse

from opora.core import clock


class Brand(models.Model):
    """A name under which customers know us: a shop, a product. Mails go out in its name and look."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    website = models.URLField(blank=True, default="")
    logo = models.CharField(max_length=64, blank=True, default="")
    signature = models.TextField(blank=True, default="")
    locale = models.CharField(max_length=10, blank=True, default="en")
    hue = models.PositiveSmallIntegerField(default=190)
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_url(self) -> str:
        """Where the logo is served, "" without one."""
        return reverse("people:picture", args=[self.logo]) if self.logo else ""

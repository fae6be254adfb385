from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from opora.core import clock
from opora.people.models import Group, Organization, Person

CONTEXT = "built in"
BUILT_IN = (pgettext_lazy("built in", "Signed-in users"), pgettext_lazy("built in", "Agents and managers"))
"""The audiences that every desk has, kept by their English names and told in the reader's language."""


class Segment(models.Model):
    """Who may read: everybody who signed in, or colleagues; narrowed by tags, organizations and groups.

    Somebody belongs to it who has all of `tags` and one of `or_tags`, and is in one of `organizations` and one of
    `groups`, as far as any are named; whoever is in `people` belongs to it anyhow. Those that are built in stay as
    they are.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in_users", _("Customers who signed in, and colleagues")
        STAFF = "staff", _("Colleagues")

    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=15, choices=Kind, default=Kind.SIGNED_IN)
    tags = models.JSONField(default=list, blank=True)
    or_tags = models.JSONField(default=list, blank=True)
    organizations = models.ManyToManyField(Organization, blank=True, related_name="+")
    groups = models.ManyToManyField(Group, blank=True, related_name="+")
    people = models.ManyToManyField(Person, blank=True, related_name="+")
    is_built_in = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-is_built_in", "name", "id"]

    def __str__(self) -> str:
        return pgettext(CONTEXT, self.name) if self.is_built_in else self.name

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.people.permissions import EVERYTHING


class Role(models.Model):
    """What colleagues of a kind may do: named permissions, and which tickets they may see."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        TEAM_LEAD = "team_lead", _("Team lead")
        AGENT = "agent", _("Agent")
        LIGHT_AGENT = "light_agent", _("Light agent")
        CUSTOM = "custom", _("Custom role")

    class Access(models.TextChoices):
        ALL = "all", _("All tickets")
        GROUPS = "groups", _("Tickets of their groups")
        ASSIGNED = "assigned", _("Tickets assigned to them")

    name = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.CUSTOM)
    description = models.TextField(blank=True, default="")
    permissions = models.JSONField(default=list)
    ticket_access = models.CharField(max_length=10, choices=Access, default=Access.ALL)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def allowed(self) -> frozenset[str]:
        """The permissions of this role; an administrator has all, also those of later versions."""
        return (
            EVERYTHING if self.kind == self.Kind.ADMINISTRATOR else frozenset(self.permissions) & EVERYTHING
        )

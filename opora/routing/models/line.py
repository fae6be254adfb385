from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from opora.people.models import Group


class Line(models.Model):
    """A group that work can be escalated to: a line of support, or specialists beside the lines.

    A group that takes over gets the ticket itself; one that does not answers while the ticket stays with its sender.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="line")
    tier = models.PositiveSmallIntegerField(null=True, blank=True)
    takes_over = models.BooleanField(default=True)
    guidance = models.TextField(blank=True, default="")
    deleted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = [models.F("tier").asc(nulls_last=True), "group__name"]

    def __str__(self) -> str:
        return self.group.name

    @property
    def tier_name(self) -> str:
        return f"L{self.tier}" if self.tier else _("Specialists")


class ChecklistItem(models.Model):
    """Something that the receiving group wants to know before it takes an escalation."""

    class Kind(models.TextChoices):
        TEXT = "text", pgettext_lazy("checklist", "Text")
        YES_NO = "yes_no", pgettext_lazy("checklist", "Yes or no")
        FILE = "file", pgettext_lazy("checklist", "File")

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="items")
    title = models.CharField(max_length=160)
    hint = models.CharField(max_length=255, blank=True, default="")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TEXT)
    is_required = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

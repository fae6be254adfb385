from django.db import models
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from opora.automation.models.category import RuleCategory
from opora.core import clock
from opora.events.actor import Actor


class Rule(models.Model):
    """What the desk does by itself: when the conditions hold, the steps are carried out.

    A trigger looks at each update of a ticket as it is made; an automation looks at all tickets every few minutes.
    `version` counts the saved changes of what it does; each is kept as a `RuleVersion`.
    """

    class Kind(models.TextChoices):
        TRIGGER = "trigger", pgettext_lazy("rule", "Trigger")
        AUTOMATION = "automation", pgettext_lazy("rule", "Automation")

    kind = models.CharField(max_length=10, choices=Kind)
    title = models.CharField(max_length=160)
    description = models.CharField(max_length=255, blank=True, default="")
    conditions = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    category = models.ForeignKey(
        RuleCategory, on_delete=models.SET_NULL, null=True, blank=True, related_name="rules"
    )
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("automation:rule", args=[self.pk])

    def as_actor(self) -> Actor:
        """Rules stand in the log by their title: their numbers are not those of people."""
        return Actor("rule", None, self.title)


class RuleVersion(models.Model):
    """A rule as it was saved once: who, when, and what it did from then on. `saved_by_id` is a person's, if it was one."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    conditions = models.JSONField(default=dict)
    steps = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    saved_by = models.CharField(max_length=255)
    saved_by_id = models.BigIntegerField(null=True)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["rule", "number"], name="rule_version_once")]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"

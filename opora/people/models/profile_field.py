from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.core import clock


class ProfileField(models.Model):
    """A property of people or of organizations that this desk defines; the values lie on each under its key."""

    class Subject(models.TextChoices):
        PERSON = "person", _("People")
        ORGANIZATION = "organization", _("Organizations")

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        TEXTAREA = "textarea", _("Long text")
        INTEGER = "integer", _("Whole number")
        DECIMAL = "decimal", pgettext_lazy("field type", "Number")
        DATE = "date", _("Date")
        CHECKBOX = "checkbox", _("Checkbox")
        DROPDOWN = "dropdown", _("Choice")
        REGEXP = "regexp", _("Text of a pattern")

    subject = models.CharField(max_length=12, choices=Subject)
    key = models.CharField(max_length=100)
    title = models.CharField(max_length=255)
    type = models.CharField(max_length=12, choices=Type, default=Type.TEXT)
    description = models.TextField(blank=True, default="")
    pattern = models.CharField(max_length=255, blank=True, default="")
    options = models.JSONField(default=list, blank=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=9999)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["subject", "key"], name="profile_field_once")]

    def __str__(self) -> str:
        return self.title

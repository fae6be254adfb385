from django.db import models
from django.db.models import functions
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.tickets.models.ticket import Ticket


class TicketField(models.Model):
    """A property of tickets that this desk defines: an order number, a reason, a client's severity.

    `tag` is what a checkbox puts on the ticket while it is checked. `is_collapsed` folds an empty field away among
    the rarely used ones. Customers see the field under `customer_title`, and fill it in where they may.
    """

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        TEXTAREA = "textarea", _("Long text")
        INTEGER = "integer", _("Whole number")
        DECIMAL = "decimal", pgettext_lazy("field type", "Number")
        DATE = "date", _("Date")
        CHECKBOX = "checkbox", _("Checkbox")
        DROPDOWN = "tagger", _("Choice")
        MULTISELECT = "multiselect", _("Several choices")
        REGEXP = "regexp", _("Text of a pattern")

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    type = models.CharField(max_length=12, choices=Type, default=Type.TEXT)
    description = models.CharField(max_length=255, blank=True, default="")
    pattern = models.CharField(max_length=255, blank=True, default="")
    options = models.JSONField(default=list, blank=True)
    is_required_to_solve = models.BooleanField(default=False)
    is_shown_to_customers = models.BooleanField(default=False)
    is_required_of_customers = models.BooleanField(default=False)
    is_editable_by_customers = models.BooleanField(default=True)
    is_collapsed = models.BooleanField(default=False)
    customer_title = models.CharField(max_length=120, blank=True, default="")
    tag = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def title_for_customers(self) -> str:
        return self.customer_title or self.title

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The options as (value, name) pairs."""
        return [(option["value"], option["name"]) for option in self.options]


class FieldValue(models.Model):
    """The value of a custom field on a ticket; several rows for a field of several choices.

    `text` is always filled and is what equality compares; `number` repeats numbers, so that they sort as such.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="field_values", db_index=False)
    field = models.ForeignKey(TicketField, on_delete=models.CASCADE, related_name="values", db_index=False)
    text = models.TextField()
    number = models.DecimalField(max_digits=20, decimal_places=6, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "field"], name="value_ticket"),
            models.Index(
                fields=["field", "number"], name="value_number", condition=models.Q(number__isnull=False)
            ),
            models.Index(models.F("field"), functions.Left("text", 100), name="value_text"),
        ]

    def __str__(self) -> str:
        return f"{self.field_id}={self.text}"

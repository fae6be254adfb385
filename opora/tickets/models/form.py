from django.db import models


class TicketForm(models.Model):
    """Which custom fields a kind of ticket has, in which order; customers may choose among the visible ones.

    `agent_rules` and `customer_rules` say which fields depend on others (see `tickets.form_rules`). A form that has brands is
    offered on their tickets alone.
    """

    name = models.CharField(max_length=120, unique=True)
    customer_name = models.CharField(max_length=120, blank=True, default="")
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_shown_to_customers = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    fields = models.ManyToManyField("tickets.TicketField", through="FormField", related_name="forms")
    agent_rules = models.JSONField(default=list, blank=True)
    customer_rules = models.JSONField(default=list, blank=True)
    brands = models.ManyToManyField("people.Brand", related_name="+", blank=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class FormField(models.Model):
    """A field's place on a form."""

    form = models.ForeignKey(TicketForm, on_delete=models.CASCADE, related_name="places")
    field = models.ForeignKey("tickets.TicketField", on_delete=models.CASCADE, related_name="places")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["form", "field"], name="form_field_once")]

    def __str__(self) -> str:
        return f"{self.field_id} on {self.form_id}"

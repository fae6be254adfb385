from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.IntegerChoices):
    """The six states a ticket can be in, in the order of its life; every status belongs to one."""

    NEW = 0, pgettext_lazy("ticket status", "New")
    OPEN = 1, pgettext_lazy("ticket status", "Open")
    PENDING = 2, pgettext_lazy("ticket status", "Pending")
    HOLD = 3, pgettext_lazy("ticket status", "On hold")
    SOLVED = 4, pgettext_lazy("ticket status", "Solved")
    CLOSED = 5, pgettext_lazy("ticket status", "Closed")

    @property
    def word(self) -> str:
        """The category as the API and the search name it: new, open, pending, hold, solved, closed."""
        return self.name.lower()


class Status(models.Model):
    """A status of this desk. Each category has one default; others are the desk's own, such as “Waiting for bank”."""

    category = models.PositiveSmallIntegerField(choices=Category)
    name = models.CharField(max_length=60, blank=True, default="")
    customer_name = models.CharField(_("name for customers"), max_length=60, blank=True, default="")
    description = models.CharField(max_length=255, blank=True, default="")
    is_default = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["category", "-is_default", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["category"], condition=models.Q(is_default=True), name="status_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(Category(self.category).label)

    @property
    def word(self) -> str:
        return Category(self.category).word

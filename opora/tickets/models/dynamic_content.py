from django.db import models

from opora.core import clock


class DynamicItem(models.Model):
    """A text that is said to everybody in their own language: texts name it as `{{dc.<key>}}`."""

    name = models.CharField(max_length=120, unique=True)
    key = models.SlugField(max_length=60, unique=True)
    locale = models.CharField(max_length=10)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def placeholder(self) -> str:
        return f"{{{{dc.{self.key}}}}}"


class DynamicVariant(models.Model):
    """The text in one language. The one in the item's own language is what readers of other languages get."""

    item = models.ForeignKey(DynamicItem, on_delete=models.CASCADE, related_name="variants")
    locale = models.CharField(max_length=10)
    content = models.TextField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["item", "locale"], name="variant_once")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.locale}"

"""Where articles stand: categories of a brand, and sections in them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.core import clock
from opora.people.models import Brand


class Shelf(models.Model):
    """What categories and sections have in common.

    `texts` has the name and the description by language: {"uk": {"name": "Оплата", "description": ""}}. There is
    always one in `source_locale`; readers of other languages get it where theirs is not written.
    """

    texts = models.JSONField(default=dict)
    source_locale = models.CharField(max_length=10)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_in("")

    def name_in(self, locale: str) -> str:
        """Return the name in the language, or in its own."""
        return self._told(locale).get("name", "")

    def description_in(self, locale: str) -> str:
        """Return the description in the language the name is told in."""
        return self._told(locale).get("description", "")

    def locale_for(self, locale: str) -> str:
        """Return the language a reader of `locale` gets it in."""
        return locale if locale in self.texts else self.source_locale

    def _told(self, locale: str) -> dict[str, str]:
        return self.texts.get(self.locale_for(locale), {})


class Category(Shelf):
    """The widest division of a brand's help center: "Payments", "For developers"."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="categories")

    class Meta:
        ordering = ["position", "id"]


class Section(Shelf):
    """A shelf of articles in a category, or in another section of it."""

    class Sorting(models.TextChoices):
        MANUAL = "manual", _("In the order they were put in")
        TITLE = "title", _("By title")
        CREATED = "created_at", _("Newest first")
        EDITED = "edited_at", _("Last changed first")

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="sections"
    )
    sorting = models.CharField(max_length=10, choices=Sorting, default=Sorting.MANUAL)

    class Meta:
        ordering = ["position", "id"]

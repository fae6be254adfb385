from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.knowledge.models.permission_group import PermissionGroup
from opora.knowledge.models.segment import Segment
from opora.knowledge.models.shelf import Section
from opora.people.models import Person


class Label(models.Model):
    """A word by which articles are found that do not say it themselves."""

    name = models.CharField(max_length=80, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One answer, whatever the languages it is written in; its words are `ArticleText`.

    KCS v6 keeps three things apart: `confidence` (how sure we are of it), the audience (`segment`; nobody named means
    everybody) and governance (`permission_group`). An archived article keeps its texts and may have lost its section. `title` is that of the text in
    its own language, kept here so that lists can be sorted by it.
    """

    class Confidence(models.TextChoices):
        WIP = "wip", pgettext_lazy("article", "Work in progress")
        NOT_VALIDATED = "not_validated", pgettext_lazy("article", "Not validated")
        VALIDATED = "validated", pgettext_lazy("article", "Validated")

    class Freshness(models.IntegerChoices):
        """Days after which somebody looks whether it is still true."""

        LIMITS = 90, _("Law, prices, limits of banks: every 90 days")
        PROCEDURE = 180, _("Procedures: every 180 days")
        HOW_TO = 365, _("How something is done: every year")

    section = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, related_name="articles")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    source_locale = models.CharField(max_length=10)
    title = models.CharField(max_length=255, blank=True, default="")
    confidence = models.CharField(max_length=13, choices=Confidence, default=Confidence.WIP)
    segment = models.ForeignKey(Segment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    permission_group = models.ForeignKey(
        PermissionGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    labels = models.ManyToManyField(Label, blank=True, related_name="articles")
    is_promoted = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    freshness = models.PositiveSmallIntegerField(choices=Freshness, default=Freshness.PROCEDURE)
    review_on = models.DateField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="article_updated"),
            models.Index(fields=["title", "id"], name="article_title"),
            models.Index(fields=["review_on", "id"], name="article_review", condition=Q(archived_at=None)),
            models.Index(fields=["section", "position", "id"], name="article_shelf"),
            models.Index(fields=["position", "id"], name="article_placed"),
            models.Index(fields=["created_at", "id"], name="article_created"),
            models.Index(fields=["edited_at", "id"], name="article_edited"),
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def is_due_on(self, day: date) -> bool:
        """Whether somebody has to look at it again by that day."""
        return self.review_on is not None and self.review_on <= day

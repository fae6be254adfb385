"""The words of an article in one language, and what they were before."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from opora.core import clock
from opora.core.text import slugify_name
from opora.knowledge.models.article import Article
from opora.people.models import Person


class ArticleText(models.Model):
    """An article in one language: a draft until it is published, outdated when the source went on without it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="texts")
    locale = models.CharField(max_length=10)
    title = models.CharField(max_length=255)
    body = models.TextField(blank=True, default="")
    is_draft = models.BooleanField(default=True)
    is_outdated = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    updated_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["article", "locale"], name="article_text_once")]
        indexes = [
            models.Index(fields=["locale", "article"], name="article_published", condition=Q(is_draft=False))
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where readers find it: the number counts, the words after it are for people."""
        slug = slugify_name(self.title)[:80]
        return reverse("help_center:article", args=[self.locale, f"{self.article_id}-{slug}".rstrip("-")])


class ArticleVersion(models.Model):
    """What a text said at one time. The newest one is what it says now."""

    text = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=255)
    body = models.TextField(blank=True, default="")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["text", "number"], name="article_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

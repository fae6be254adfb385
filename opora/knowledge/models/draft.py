from django.db import models
from django.db.models import Q

from opora.core import clock
from opora.knowledge.models.article import Article
from opora.people.models import Person


class ArticleDraft(models.Model):
    """What somebody has typed and not saved: of an article in a language, or of an article that is not there yet.

    `version` is the one that they began from.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="drafts")
    locale = models.CharField(max_length=10, blank=True, default="")
    title = models.CharField(max_length=255, blank=True, default="")
    body = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "article", "locale"],
                name="article_draft_once",
                condition=Q(article__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["person"], name="article_draft_of_new", condition=Q(article__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title

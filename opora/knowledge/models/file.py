from pathlib import Path

from django.db import models
from django.urls import reverse

from opora.core import clock
from opora.knowledge.models.article import Article
from opora.people.models import Person
from opora.tickets.models.attachment import attachment_path


class ArticleFile(models.Model):
    """A file of an article, or one that waits for it; pictures in the text are `is_inline`. The bytes lie beside those of tickets."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="files")
    uploader = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    locale = models.CharField(max_length=10, blank=True, default="")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    is_inline = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.content_type in {"image/png", "image/jpeg", "image/gif", "image/webp"}

    @property
    def path(self) -> Path:
        return attachment_path(self.sha256)

    def get_absolute_url(self) -> str:
        return reverse("help_center:file", args=[self.pk, self.name])

from pathlib import Path

from django.conf import settings
from django.db import models
from django.urls import reverse

from opora.core import clock
from opora.people.models import Person
from opora.tickets.models.comment import Comment


class Attachment(models.Model):
    """A file of a comment, or an upload that waits for one. The bytes lie in the data folder under their hash."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="attachments")
    uploader = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    is_inline = models.BooleanField(default=False)
    content_id = models.CharField(max_length=255, blank=True, default="")
    token = models.CharField(max_length=43, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["created_at"], name="attachment_waiting", condition=models.Q(comment__isnull=True)
            ),
            models.Index(fields=["token"], name="attachment_token", condition=~models.Q(token="")),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return attachment_path(self.sha256)

    @property
    def is_picture(self) -> bool:
        return self.content_type in {"image/png", "image/jpeg", "image/gif", "image/webp"}

    def get_absolute_url(self) -> str:
        return reverse("tickets:attachment", args=[self.pk, self.name])


def attachment_path(sha256: str) -> Path:
    """Return where the file of this hash lies, whether it exists or not."""
    return Path(settings.DATA_DIR) / "attachments" / sha256[:2] / sha256[2:]

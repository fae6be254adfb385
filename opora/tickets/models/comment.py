from django.db import models

from opora.core import clock
from opora.people.models import Person
from opora.tickets.models.ticket import Ticket


class Comment(models.Model):
    """One message of the conversation: public, or an internal note.

    `html` is sanitised and is what the author wrote; what they quoted is apart in `quoted_html`. `text` is the same
    as plain text, for search and lists. `author_kind` is what the author was when they wrote: a colleague who left
    stays an agent here.
    """

    class AuthorKind(models.TextChoices):
        AGENT = "agent"
        CUSTOMER = "customer"
        SYSTEM = "system"
        PARTNER = "partner"
        """Somebody outside whom a colleague asked (`models.forward`); what they write is never public."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="comments", db_index=False)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    author_kind = models.CharField(max_length=8, choices=AuthorKind)
    is_public = models.BooleanField(default=True)
    html = models.TextField(blank=True, default="")
    quoted_html = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    channel = models.CharField(max_length=12, default="web")
    is_auto_reply = models.BooleanField(default=False)
    details = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    redacted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["ticket", "id"], name="comment_ticket"),
            models.Index(fields=["author", "-id"], name="comment_author"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}/{self.pk} {self.text[:40]}"

    @property
    def is_ours(self) -> bool:
        return self.author_kind in (self.AuthorKind.AGENT, self.AuthorKind.SYSTEM)

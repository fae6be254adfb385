from django.db import models

from opora.core import clock
from opora.knowledge.models.article import Article
from opora.people.models import Person
from opora.tickets.models import Ticket


class Citation(models.Model):
    """An article that answered a ticket, in the version that was cited. "Reuse is review" (KCS v6)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="citations")
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="citations")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    locale = models.CharField(max_length=10)
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["ticket", "article"], name="cited_once")]

    def __str__(self) -> str:
        return f"#{self.article_id} → #{self.ticket_id}"

from django.db import models
from django.db.models import Q

from opora.core import clock
from opora.knowledge.models.text import ArticleText
from opora.people.models import Person


class Vote(models.Model):
    """Whether a text helped a reader, who is a person or an unnamed visitor; one of each reader, the last one counts.

    `origin` is the network address of a visitor, hashed with the day: enough to notice who votes too much, and worth
    nothing tomorrow.
    """

    text = models.ForeignKey(ArticleText, on_delete=models.CASCADE, related_name="votes")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=64, blank=True, default="")
    value = models.SmallIntegerField()
    origin = models.CharField(max_length=32, blank=True, default="")
    note = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["origin", "updated_at"], name="vote_origin", condition=~Q(origin="")),
            models.Index(fields=["text", "-id"], name="vote_noted", condition=~Q(note="")),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(value__in=[-1, 1]), name="vote_up_or_down"),
            models.UniqueConstraint(
                fields=["text", "person"], name="vote_of_person", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["text", "visitor"], name="vote_of_visitor", condition=~Q(visitor="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.value:+d}"

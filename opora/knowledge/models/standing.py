from django.db import models

from opora.knowledge.models.article import Article


class Standing(models.Model):
    """How an article does, counted from the log: votes of readers and tickets it answered. A projection.

    `helpful` is the share of votes that said yes, in percent; None while nobody voted.
    """

    article = models.OneToOneField(
        Article, on_delete=models.CASCADE, primary_key=True, related_name="standing"
    )
    up = models.PositiveIntegerField(default=0)
    down = models.PositiveIntegerField(default=0)
    helpful = models.PositiveSmallIntegerField(null=True)
    citations = models.PositiveIntegerField(default=0)
    last_cited_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["citations", "article"], name="article_citations"),
            models.Index(fields=["helpful", "article"], name="article_helpful"),
        ]

    def __str__(self) -> str:
        return f"#{self.article_id}"

    def count_again(self) -> None:
        """Work the share out anew after a vote."""
        self.helpful = round(100 * self.up / self.votes) if self.votes else None

    @property
    def votes(self) -> int:
        return self.up + self.down

    @property
    def balance(self) -> int:
        return self.up - self.down

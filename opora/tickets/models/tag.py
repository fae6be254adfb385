from django.db import models


class Tag(models.Model):
    """A word that tickets are marked with; lower case, no spaces."""

    name = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def named_as(self) -> str:
        """How rules and views name it."""
        return self.name


class TicketTag(models.Model):
    """A tag on a ticket."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="tag_marks", db_index=False
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="marks", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "tag"], name="ticket_tag_once")]
        indexes = [models.Index(fields=["tag", "ticket"], name="tag_tickets")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.tag_id}"

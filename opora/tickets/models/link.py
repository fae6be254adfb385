from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.tickets.models.ticket import Ticket


class TicketLink(models.Model):
    """Two tickets that have to do with each other. A problem's incidents are linked by `Ticket.problem` instead."""

    class Kind(models.TextChoices):
        RELATED = "related", _("Related")
        CHILD = "child", _("Child")

    source = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_out", db_index=False)
    target = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="links_in")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.RELATED)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"

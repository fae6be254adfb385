from django.db import models

from opora.core import clock
from opora.people.models import Person
from opora.tickets.models.comment import Comment
from opora.tickets.models.ticket import Ticket


class Forward(models.Model):
    """Messages of a ticket that a colleague passed on to somebody outside.

    It begins, or goes on with (`answers`: the first of them), a talk beside the customer's: what comes back is an
    internal note. `comment` is the note that says so on the ticket; None until the forward leaves. `to` and `cc` are
    [name, address] pairs, `comment_ids` and `attachment_ids` what is passed on.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="forwards")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, null=True, related_name="forward")
    answers = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="continued")
    to = models.JSONField()
    cc = models.JSONField(default=list, blank=True)
    subject = models.CharField(max_length=255)
    comment_ids = models.JSONField(default=list, blank=True)
    attachment_ids = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.ticket_id} to {self.names}"

    @property
    def root(self) -> "Forward":
        """The forward that the talk began with."""
        return self.answers or self

    @property
    def addresses(self) -> list[str]:
        return [address for _name, address in [*self.to, *self.cc]]

    @property
    def names(self) -> str:
        """Whom it went to, as a line."""
        return ", ".join(f"{name} <{address}>" if name else address for name, address in self.to)

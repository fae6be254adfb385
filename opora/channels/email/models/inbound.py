from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from opora.channels.email.models.mailbox import Mailbox
from opora.core import clock
from opora.people.models import Brand
from opora.tickets.models import Comment, Forward, Ticket


class InboundMail(models.Model):
    """One message as it came, stored before anything is made of it; once for each brand.

    The bytes lie in the data folder under `sha256` (`raw.py`). `fingerprint` covers Message-ID, From, Date, Subject
    and body, and leaves out what servers add on the way, so copies of one message are recognised. `forward`: it
    answers somebody to whom a colleague passed something on, not the customer's thread. `awaits`: the Message-ID it
    answers, where no mail of that id has come yet; that one joins its ticket when it comes.
    """

    class State(models.TextChoices):
        RECEIVED = "received", pgettext_lazy("inbound mail", "Received")
        PROCESSED = "processed", pgettext_lazy("inbound mail", "On a ticket")
        SUSPENDED = "suspended", pgettext_lazy("inbound mail", "Suspended")
        DUPLICATE = "duplicate", pgettext_lazy("inbound mail", "Copy of another")
        UNREADABLE = "unreadable", pgettext_lazy("inbound mail", "Could not be read")
        REJECTED = "rejected", pgettext_lazy("inbound mail", "Deleted")

    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="+")
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", db_index=False)
    fingerprint = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    message_id = models.CharField(max_length=998, blank=True, default="")
    sender = models.CharField(max_length=254, blank=True, default="")
    sender_name = models.CharField(max_length=255, blank=True, default="")
    subject = models.CharField(max_length=255, blank=True, default="")
    recipient = models.CharField(max_length=254, blank=True, default="")
    uid = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, related_name="inbound_mails")
    comment = models.ForeignKey(Comment, on_delete=models.SET_NULL, null=True, related_name="inbound_mails")
    forward = models.ForeignKey(
        Forward, on_delete=models.SET_NULL, null=True, related_name="inbound_mails", db_index=False
    )
    awaits = models.CharField(max_length=998, blank=True, default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=255, blank=True, default="")
    received_at = models.DateTimeField(default=clock.now)
    processed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "fingerprint"], name="inbound_once")]
        indexes = [
            models.Index(fields=["id"], name="inbound_waiting", condition=Q(state="received")),
            models.Index(fields=["message_id"], name="inbound_message_id", condition=~Q(message_id="")),
            models.Index(fields=["awaits"], name="inbound_awaits", condition=~Q(awaits="")),
            models.Index(fields=["sender", "received_at"], name="inbound_sender", condition=~Q(sender="")),
        ]

    def __str__(self) -> str:
        return f"{self.subject or self.message_id} from {self.sender}"

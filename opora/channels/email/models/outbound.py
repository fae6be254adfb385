from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from opora.channels.email.models.mailbox import Mailbox
from opora.core import clock
from opora.people.models import Person
from opora.tickets.models import Comment, Ticket


class OutboundMail(models.Model):
    """One message on its way out; its Message-ID is made here and stays the same however often it is tried.

    `to` and `cc` are [name, address] pairs as the headers show them; `remaining` are the addresses that still have
    to get it. Replies and forwards are composed when they are sent; acknowledgements and notifications carry their own words.
    """

    class Kind(models.TextChoices):
        REPLY = "reply", pgettext_lazy("outbound mail", "Reply")
        NOTIFICATION = "notification", pgettext_lazy("outbound mail", "Notification")
        FORWARD = "forward", pgettext_lazy("outbound mail", "Forwarded")
        ACKNOWLEDGEMENT = "ack", pgettext_lazy("outbound mail", "Acknowledgement")

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("outbound mail", "Waiting to be sent")
        SENDING = "sending", pgettext_lazy("outbound mail", "Being sent")
        SENT = "sent", pgettext_lazy("outbound mail", "Sent")
        FAILED = "failed", pgettext_lazy("outbound mail", "Could not be sent")
        BOUNCED = "bounced", pgettext_lazy("outbound mail", "Came back")

    kind = models.CharField(max_length=12, choices=Kind)
    mailbox = models.ForeignKey(Mailbox, on_delete=models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="outbound_mails")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="outbound_mails")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    message_id = models.CharField(max_length=255, unique=True)
    to = models.JSONField(default=list)
    cc = models.JSONField(default=list, blank=True)
    remaining = models.JSONField(default=list)
    recipients_key = models.CharField(max_length=64)
    correspondent = models.CharField(max_length=254, blank=True, default="")
    subject = models.CharField(max_length=255)
    text = models.TextField(blank=True, default="")
    html = models.TextField(blank=True, default="")
    headers = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "kind", "recipients_key"],
                name="outbound_once",
                condition=Q(comment__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at"], name="outbound_due", condition=Q(state__in=["queued", "sending"])
            ),
            models.Index(fields=["kind", "correspondent", "created_at"], name="outbound_correspondent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id}: {self.state}"

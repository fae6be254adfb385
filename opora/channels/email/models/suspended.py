from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from opora.channels.email.models.inbound import InboundMail
from opora.core import clock
from opora.people.models import Person
from opora.tickets.models import Ticket


class SuspendedMail(models.Model):
    """Why a mail was kept from the tickets, and what a colleague decided about it."""

    class Reason(models.TextChoices):
        SENDER = "sender", pgettext_lazy("why a mail is suspended", "The sender is suspended")
        AUTO_REPLY = (
            "auto_reply",
            pgettext_lazy("why a mail is suspended", "An automatic reply that belongs to no ticket"),
        )
        BOUNCE = (
            "bounce",
            pgettext_lazy("why a mail is suspended", "A delivery report that belongs to no ticket"),
        )
        SPAM = "spam", pgettext_lazy("why a mail is suspended", "Marked as spam by the mail server")
        RATE = (
            "rate",
            pgettext_lazy("why a mail is suspended", "Too many mails from this sender within ten minutes"),
        )
        OURSELVES = "ourselves", pgettext_lazy("why a mail is suspended", "Sent by this desk itself")
        BULK = "bulk", pgettext_lazy("why a mail is suspended", "Bulk mail, such as a newsletter")
        FOREIGN = (
            "foreign",
            pgettext_lazy(
                "why a mail is suspended", "A reply to somebody else's ticket without a valid mark"
            ),
        )
        REMOVED = (
            "removed",
            pgettext_lazy("why a mail is suspended", "A reply to a ticket that was marked as spam"),
        )

    mail = models.OneToOneField(InboundMail, on_delete=models.CASCADE, related_name="suspension")
    reason = models.CharField(max_length=12, choices=Reason)
    ticket = models.ForeignKey(Ticket, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    suspended_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["-suspended_at", "-id"],
                name="suspended_waiting",
                condition=Q(released_at__isnull=True, deleted_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mail_id}: {self.reason}"

    @property
    def is_waiting(self) -> bool:
        return self.released_at is None and self.deleted_at is None

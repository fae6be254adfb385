from django.db import models
from django.utils.translation import pgettext_lazy

from opora.core import clock
from opora.people.addresses import domain_of
from opora.people.models import Brand, Group


class Mailbox(models.Model):
    """An address of a brand: how mail to it comes in, where its new tickets go, and how replies go out.

    Passwords are encrypted (`core.crypto`). `uidvalidity` and `last_uid` say how far the IMAP folder has been
    read; they change in the transaction that stores a message, so neither can be ahead of the other.
    """

    class Incoming(models.TextChoices):
        NONE = "none", pgettext_lazy("incoming mail", "Not collected here")
        IMAP = "imap", pgettext_lazy("incoming mail", "Collected from an IMAP server")
        SMTP = "smtp", pgettext_lazy("incoming mail", "Delivered to Opora by LMTP or SMTP")

    class Outgoing(models.TextChoices):
        NONE = "none", pgettext_lazy("outgoing mail", "Nothing is sent")
        CONSOLE = "console", pgettext_lazy("outgoing mail", "Only written to the log (for trying out)")
        FILE = (
            "file",
            pgettext_lazy("outgoing mail", "Only kept as files in the data folder (for trying out)"),
        )
        SMTP = "smtp", pgettext_lazy("outgoing mail", "Sent through an SMTP server")

    class Security(models.TextChoices):
        SSL = "ssl", "TLS"
        STARTTLS = "starttls", "STARTTLS"
        NONE = "none", pgettext_lazy("connection security", "None")

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="mailboxes")
    group = models.ForeignKey(Group, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120, blank=True, default="")
    address = models.CharField(max_length=254, unique=True)
    aliases = models.JSONField(default=list, blank=True)

    incoming = models.CharField(max_length=8, choices=Incoming, default=Incoming.NONE)
    imap_host = models.CharField(max_length=253, blank=True, default="")
    imap_port = models.PositiveIntegerField(default=993)
    imap_security = models.CharField(max_length=8, choices=Security, default=Security.SSL)
    imap_user = models.CharField(max_length=254, blank=True, default="")
    imap_password = models.TextField(blank=True, default="")
    imap_folder = models.CharField(max_length=255, blank=True, default="INBOX")
    uidvalidity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(default=0)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=255, blank=True, default="")

    outgoing = models.CharField(max_length=8, choices=Outgoing, default=Outgoing.NONE)
    smtp_host = models.CharField(max_length=253, blank=True, default="")
    smtp_port = models.PositiveIntegerField(default=587)
    smtp_security = models.CharField(max_length=8, choices=Security, default=Security.STARTTLS)
    smtp_user = models.CharField(max_length=254, blank=True, default="")
    smtp_password = models.TextField(blank=True, default="")
    last_sent_at = models.DateTimeField(null=True, blank=True)
    last_send_error = models.CharField(max_length=255, blank=True, default="")

    signature = models.TextField(blank=True, default="")
    shows_agent_names = models.BooleanField(default=True)
    uses_plus_addresses = models.BooleanField(default=True)
    sends_acknowledgement = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address

    @property
    def domain(self) -> str:
        return domain_of(self.address)

    @property
    def sender_name(self) -> str:
        """The name that mails without an agent's carry."""
        return self.name or self.brand.name

    @property
    def addresses(self) -> list[str]:
        """The address and its aliases, normalised."""
        return [self.address, *self.aliases]

    @property
    def can_send(self) -> bool:
        return self.is_active and self.outgoing != self.Outgoing.NONE

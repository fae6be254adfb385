from django.db import models
from django.utils.translation import gettext_lazy as _

from opora.core import clock
from opora.people.models.person import Person


class Identity(models.Model):
    """One way a person is known: a mail address, a phone number, a name elsewhere. `value` is normalised, so it is found as written.

    Names elsewhere come from other programs; the desk shows them and writes to none of them.
    """

    class Kind(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        TWITTER = "twitter", "X (Twitter)"
        FACEBOOK = "facebook", "Facebook"
        GOOGLE = "google", "Google"
        MICROSOFT = "microsoft", "Microsoft"
        AGENT_FORWARDING = "agent_forwarding", _("Forwarding number")
        ANY_CHANNEL = "any_channel", _("Another channel")
        MESSAGING = "messaging", _("Messenger")
        SDK = "sdk", _("Mobile app")
        FOREIGN = "foreign", _("Account elsewhere")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identities")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.EMAIL)
    value = models.CharField(max_length=254)
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)
    undeliverable_at = models.DateTimeField(null=True, blank=True)
    undeliverable_reason = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "value"], name="identity_once")]
        ordering = ["-is_primary", "id"]

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is a name in another program, neither an address nor a number."""
        return self.kind not in (self.Kind.EMAIL, self.Kind.PHONE)

    def __str__(self) -> str:
        return self.value

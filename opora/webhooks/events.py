"""Facts about webhooks."""

from django.urls import reverse
from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event


class WebhookFact(Fact):
    """The base of facts about one webhook."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("webhooks:webhook", args=[subject_id])


@event("webhook.saved")
class WebhookSaved(ConfigurationFact):
    """A webhook was added or changed; of secrets and headers only that they changed is kept."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("webhooks:webhook", args=[subject_id])


@event("webhook.deleted")
class WebhookDeleted(Fact):
    """A webhook was removed, and with it what it still had to send and the record of what it sent."""

    name: str

    def sentence(self) -> str:
        return _("removed the webhook “%(name)s”") % {"name": self.name}


@event("webhook.secret_reset")
class SigningSecretReset(WebhookFact):
    """A webhook got a new signing secret; the old one signs as well for a day."""

    name: str

    def sentence(self) -> str:
        return _("gave the webhook “%(name)s” a new signing secret") % {"name": self.name}


@event("webhook.redelivered")
class WebhookRedelivered(WebhookFact):
    """A person had a request of a webhook sent once more."""

    name: str
    invocation_id: int

    def sentence(self) -> str:
        return _("had a request of the webhook “%(name)s” sent again") % {"name": self.name}


@event("webhook.paused")
class WebhookPaused(WebhookFact):
    """The endpoint of a webhook failed too often; its requests wait until a trial succeeds."""

    name: str
    failed: int
    sent: int

    def sentence(self) -> str:
        values = {"name": self.name, "failed": self.failed, "sent": self.sent}
        return _("paused the webhook “%(name)s”: %(failed)s of its last %(sent)s requests failed") % values


@event("webhook.resumed")
class WebhookResumed(WebhookFact):
    """A paused webhook works again: a trial succeeded, or a person let it go on."""

    name: str

    def sentence(self) -> str:
        return _("let the webhook “%(name)s” go on") % {"name": self.name}

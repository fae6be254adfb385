"""The addresses by which people are known."""

from django.utils.translation import gettext as _

from opora.events.fact import event
from opora.people.events.base import PersonFact


@event("person.identity_added")
class IdentityAdded(PersonFact):
    """A person got another address or number by which we know them."""

    personal = ("value",)
    identity_kind: str
    value: str

    def sentence(self) -> str:
        return _("added %(value)s") % {"value": self.value}


@event("person.identity_removed")
class IdentityRemoved(PersonFact):
    """An address or number no longer belongs to the person."""

    personal = ("value",)
    identity_kind: str
    value: str

    def sentence(self) -> str:
        return _("removed %(value)s") % {"value": self.value}


@event("person.primary_address_changed")
class PrimaryAddressChanged(PersonFact):
    """Another of a person's addresses became the one they are written to; colleagues sign in with it."""

    personal = ("before", "value")
    value: str
    before: str = ""

    def sentence(self) -> str:
        return _("made %(value)s the primary address") % {"value": self.value}


@event("person.undeliverable")
class IdentityUndeliverable(PersonFact):
    """A mail server said that mail to this address cannot be delivered."""

    personal = ("value", "reason")
    value: str
    reason: str = ""

    def sentence(self) -> str:
        return _("mail to %(value)s came back: %(reason)s") % {"value": self.value, "reason": self.reason}


@event("person.deliverable")
class IdentityDeliverable(PersonFact):
    """An address that once bounced works again: somebody wrote from it, or an agent cleared the mark."""

    personal = ("value",)
    value: str

    def sentence(self) -> str:
        return _("mail to %(value)s can be delivered again") % {"value": self.value}


@event("person.identity_verified")
class IdentityVerified(PersonFact):
    """Somebody vouched that an address is really the person's."""

    personal = ("value",)
    value: str

    def sentence(self) -> str:
        return _("confirmed %(value)s") % {"value": self.value}


@event("person.verification_asked")
class VerificationAsked(PersonFact):
    """A person was asked by mail whether an address is theirs."""

    personal = ("value",)
    value: str

    def sentence(self) -> str:
        return _("asked %(value)s for confirmation") % {"value": self.value}

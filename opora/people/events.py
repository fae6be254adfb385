"""Facts about people and how the desk is organised."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event
from opora.events.field_words import field_word


class PersonFact(Fact):
    """The base of facts about one person."""

    @classmethod
    def link(cls, subject_id: int) -> str:
        return reverse("people:person", args=[subject_id])


@event("person.created")
class PersonCreated(PersonFact):
    """Somebody became known: wrote to us, was entered by an agent, or was imported."""

    personal = ("name", "email")
    name: str
    email: str = ""

    def sentence(self) -> str:
        return _("added %(name)s") % {"name": self.name or self.email}


@event("person.changed")
class PersonChanged(PersonFact):
    """Something about a person was changed by hand: name, language, organization, role, notes."""

    personal = ("changes",)
    changes: dict

    def sentence(self) -> str:
        names = ", ".join(field_word(name, of="person") for name in self.changes)
        return _("changed the profile: %(fields)s") % {"fields": names}


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


@event("person.merged")
class PersonMerged(PersonFact):
    """A person turned out to be the same as another; all that was theirs moved there."""

    into_id: int
    into_name: str

    def sentence(self) -> str:
        return _("merged into %(name)s") % {"name": self.into_name}


@event("person.unmerged")
class PersonUnmerged(PersonFact):
    """A merge of two people was undone: what was theirs went back to each."""

    from_id: int
    from_name: str

    def sentence(self) -> str:
        return _("undid the merge into %(name)s") % {"name": self.from_name}


@event("person.suspended")
class PersonSuspended(PersonFact):
    """A person's mail is no longer taken in: it waits among the suspended mail."""

    def sentence(self) -> str:
        return pgettext("event", "suspended")


@event("person.unsuspended")
class PersonUnsuspended(PersonFact):
    """A suspended person may write again."""

    def sentence(self) -> str:
        return _("lifted the suspension")


@event("person.invited")
class PersonInvited(PersonFact):
    """A colleague was invited and may choose a password with the link that was sent."""

    email: str
    role: str

    def sentence(self) -> str:
        return _("invited %(email)s as %(role)s") % {"email": self.email, "role": self.role}


@event("person.joined")
class PersonJoined(PersonFact):
    """An invited colleague chose a password and can sign in."""

    def sentence(self) -> str:
        return _("joined")


@event("person.deactivated")
class ColleagueDeactivated(PersonFact):
    """A colleague no longer works here and cannot sign in; what they did stays under their name."""

    def sentence(self) -> str:
        return _("closed the desk to this colleague")


@event("person.reactivated")
class ColleagueReactivated(PersonFact):
    """A colleague who had been deactivated may sign in again."""

    def sentence(self) -> str:
        return _("opened the desk to this colleague again")


@event("person.signed_out")
class PersonSignedOut(PersonFact):
    """Sessions of a colleague were ended; `sessions` says how many."""

    sessions: int

    def sentence(self) -> str:
        return _("signed this colleague out")


@event("person.password_changed")
class PasswordChanged(PersonFact):
    """A colleague changed their password."""

    def sentence(self) -> str:
        return _("changed the password")


@event("person.deleted")
class PersonDeleted(PersonFact):
    """A customer was deleted: they have no addresses any more; what they wrote stays under their name."""

    def sentence(self) -> str:
        return _("deleted this person")


@event("person.joined_organization")
class OrganizationJoined(PersonFact):
    """A person came to belong to one more organization, or another one became their default."""

    organization_id: int
    name: str
    is_default: bool = False

    def sentence(self) -> str:
        return _("added to the organization %(name)s") % {"name": self.name}


@event("person.left_organization")
class OrganizationLeft(PersonFact):
    """A person no longer belongs to an organization."""

    organization_id: int
    name: str

    def sentence(self) -> str:
        return _("removed from the organization %(name)s") % {"name": self.name}


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


@event("delivery.retried")
class DeliveryRetried(Fact):
    """An administrator had a failed reaction to an event tried again."""

    reaction: str

    def sentence(self) -> str:
        return _("had “%(reaction)s” tried again") % {"reaction": self.reaction}


@event("desk.set_up")
class DeskSetUp(Fact):
    """The desk was made ready for work: name, first administrator, first brand and group."""

    name: str

    def sentence(self) -> str:
        return _("set up the desk “%(name)s”") % {"name": self.name}


@event("desk.saved")
class DeskSaved(ConfigurationFact):
    """The desk's own settings were changed."""


@event("brand.saved")
class BrandSaved(ConfigurationFact):
    """A brand was added or changed."""


@event("group.saved")
class GroupSaved(ConfigurationFact):
    """A group was added or changed, its members included."""


@event("role.saved")
class RoleSaved(ConfigurationFact):
    """A role was added or changed."""


@event("organization.saved")
class OrganizationSaved(ConfigurationFact):
    """An organization was added or changed, its domains included."""


class Removal(Fact):
    """The base of facts about configuration that was removed; says what it was called."""


@event("organization.removed")
class OrganizationRemoved(Removal):
    """An organization was removed; its people and tickets stay, without one."""

    name: str

    def sentence(self) -> str:
        return _("removed the organization “%(name)s”") % {"name": self.name}


@event("brand.removed")
class BrandRemoved(Removal):
    """A brand that no ticket has was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the brand “%(name)s”") % {"name": self.name}


@event("role.removed")
class RoleRemoved(Removal):
    """A role that nobody has was removed."""

    name: str

    def sentence(self) -> str:
        return _("removed the role “%(name)s”") % {"name": self.name}


@event("profile_field.saved")
class ProfileFieldSaved(ConfigurationFact):
    """A profile field of people or organizations was added or changed."""


@event("profile_field.removed")
class ProfileFieldRemoved(Removal):
    """A profile field was removed, with its values."""

    name: str

    def sentence(self) -> str:
        return _("removed the profile field “%(name)s”") % {"name": self.name}

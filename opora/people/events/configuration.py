"""How the desk is organised."""

from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import Fact, event


@event("desk.set_up")
class DeskSetUp(Fact):
    """The desk was made ready for work: name, first administrator, first brand and group."""

    name: str

    def sentence(self) -> str:
        return _("set up the desk “%(name)s”") % {"name": self.name}


@event("desk.saved")
class DeskSaved(ConfigurationFact):
    """The desk's own settings were changed."""


@event("delivery.retried")
class DeliveryRetried(Fact):
    """An administrator had a failed reaction to an event tried again."""

    reaction: str

    def sentence(self) -> str:
        return _("had “%(reaction)s” tried again") % {"reaction": self.reaction}


@event("brand.saved")
class BrandSaved(ConfigurationFact):
    """A brand was added or changed."""


@event("group.saved")
class GroupSaved(ConfigurationFact):
    """A group was added or changed, its members included."""


@event("role.saved")
class RoleSaved(ConfigurationFact):
    """A role was added or changed."""


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

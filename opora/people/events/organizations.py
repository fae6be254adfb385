"""Organizations, and who belongs to them."""

from django.utils.translation import gettext as _

from opora.events.changes import ConfigurationFact
from opora.events.fact import event
from opora.people.events.base import PersonFact


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


@event("organization.saved")
class OrganizationSaved(ConfigurationFact):
    """An organization was added or changed, its domains included."""

"""An organization is removed."""

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import OrganizationRemoved
from opora.people.models import Organization
from opora.people.policy import may, require


def delete_organization(organization: Organization, *, by: ActsAsActor) -> None:
    """Remove the organization. Its people and tickets stay, without one."""
    with update(by):
        require(may(by, "people.edit"))
        record(OrganizationRemoved(name=organization.name), subject_id=organization.pk, by=by)
        organization.delete()

"""Memberships of organizations as they are written through the API, one or many."""

from opora.api.actions.queue_job import Item, job_step
from opora.api.wire.bodies import FLAG, WHOLE, Body, Json, read_attributes
from opora.api.wire.problems import invalid_record, not_found
from opora.people.actions.belong import join_organization, leave_organization
from opora.people.models import Organization, OrganizationMembership, Person

MEMBERSHIP = Body(
    "organization_membership",
    {"user_id": WHOLE, "organization_id": WHOLE, "default": FLAG, "view_tickets": FLAG},
    ("user_id", "organization_id"),
)


def join(given: Json, *, by: Person) -> OrganizationMembership:
    """Add the person to the organization that the attributes name. Raises 422 for unknown ones, and where they are already."""
    person = Person.objects.select_related("role", "organization").filter(
        pk=given.get("user_id") or 0, is_active=True
    )
    organization = Organization.objects.filter(pk=given.get("organization_id") or 0).first()
    found = person.first()
    if found is None:
        raise invalid_record("user", "is invalid")
    if organization is None:
        raise invalid_record("organization", "is invalid")
    if OrganizationMembership.objects.filter(person=found, organization=organization).exists():
        raise invalid_record("user_id", "has already been taken", "DuplicateValue")
    return join_organization(found, organization, by=by, as_default=bool(given.get("default")))


@job_step("organization_memberships.create")
def create(item: Item, by: Person) -> Item:
    return {"id": join(read_attributes(item, MEMBERSHIP)[0], by=by).pk, "status": "Created"}


@job_step("organization_memberships.delete")
def delete(item: Item, by: Person) -> Item:
    place = (
        OrganizationMembership.objects.select_related("person__role", "organization")
        .filter(pk=item["id"])
        .first()
    )
    if place is None:
        raise not_found()
    leave_organization(place, by=by)
    return {"id": item["id"], "action": "delete", "status": "Deleted", "success": True}

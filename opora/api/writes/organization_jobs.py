"""What jobs do with one organization."""

from opora.api.actions.queue_job import Item, job_step
from opora.api.wire.bodies import read_attributes
from opora.api.wire.problems import not_found
from opora.api.writes.organizations import ORGANIZATION, find_same, write_organization
from opora.people.actions.delete_organization import delete_organization
from opora.people.models import Organization, Person


@job_step("organizations.create")
def create(item: Item, by: Person) -> Item:
    row = write_organization(None, read_attributes(item, ORGANIZATION)[0], by=by)
    return {"id": row.pk, "status": "Created"}


@job_step("organizations.update")
def change(item: Item, by: Person) -> Item:
    given = read_attributes(item, ORGANIZATION)[0]
    row = find_same({name: given.get(name) for name in ("id", "external_id")})
    if row is None:
        raise not_found()
    write_organization(row, given, by=by)
    return {"id": row.pk, "action": "update", "status": "Updated", "success": True}


@job_step("organizations.delete")
def delete(item: Item, by: Person) -> Item:
    row = Organization.objects.filter(pk=item["id"]).first()
    if row is None:
        raise not_found()
    delete_organization(row, by=by)
    return {"id": item["id"], "action": "delete", "status": "Deleted", "success": True}

"""What jobs do with one person."""

from opora.api.actions.queue_job import Item, job_step
from opora.api.wire.bodies import read_attributes
from opora.api.wire.problems import not_found
from opora.api.writes.users import USER, create_user, delete_user, find_same, person_to_change, update_user
from opora.people.models import Person


@job_step("users.create")
def create(item: Item, by: Person) -> Item:
    return {"id": create_user(read_attributes(item, USER)[0], by=by).pk, "status": "Created"}


@job_step("users.create_or_update")
def create_or_update(item: Item, by: Person) -> Item:
    given = read_attributes(item, USER)[0]
    person = find_same(given)
    if person is None:
        return {"id": create_user(given, by=by).pk, "status": "Created"}
    update_user(person, given, by=by)
    return {"id": person.pk, "action": "update", "status": "Updated", "success": True}


@job_step("users.update")
def change(item: Item, by: Person) -> Item:
    given = read_attributes(item, USER)[0]
    person = (
        person_to_change(given["id"])
        if given.get("id")
        else find_same({"external_id": given.get("external_id")})
    )
    if person is None:
        raise not_found()
    update_user(person, given, by=by)
    return {"id": person.pk, "action": "update", "status": "Updated", "success": True}


@job_step("users.delete")
def delete(item: Item, by: Person) -> Item:
    delete_user(person_to_change(item["id"]), by=by)
    return {"id": item["id"], "action": "delete", "status": "Deleted", "success": True}

"""Memberships of groups as they are written through the API, one or many."""

from opora.api.actions.queue_job import Item, job_step
from opora.api.wire.bodies import FLAG, WHOLE, Body, Json, read_attributes
from opora.api.wire.problems import invalid_record, not_found
from opora.people.actions.save_group import save_group
from opora.people.actions.set_default_group import set_default_group
from opora.people.models import Group, Membership, Person

MEMBERSHIP = Body(
    "group_membership", {"user_id": WHOLE, "group_id": WHOLE, "default": FLAG}, ("user_id", "group_id")
)


def join_group(given: Json, *, by: Person) -> Membership:
    """Put a colleague into a group. Raises 422 for unknown ones, and where they are already."""
    person = Person.objects.select_related("role").filter(pk=given.get("user_id") or 0).first()
    group = Group.objects.filter(pk=given.get("group_id") or 0, deleted_at=None).first()
    if person is None or not person.is_colleague:
        raise invalid_record("user_id", "is not an agent")
    if group is None:
        raise invalid_record("group_id", "is invalid")
    if Membership.objects.filter(person=person, group=group).exists():
        raise invalid_record("user_id", "has already been taken", "DuplicateValue")
    members = {*Person.objects.filter(memberships__group=group), person}
    save_group(group, by=by, members=members)
    place = Membership.objects.select_related("person__role", "group").get(person=person, group=group)
    if given.get("default"):
        set_default_group(place, by=by)
    return place


def leave_group(place: Membership, *, by: Person) -> None:
    """Take a colleague out of a group."""
    members = set(Person.objects.filter(memberships__group=place.group).exclude(pk=place.person_id))
    save_group(place.group, by=by, members=members)


@job_step("group_memberships.create")
def create(item: Item, by: Person) -> Item:
    return {"id": join_group(read_attributes(item, MEMBERSHIP)[0], by=by).pk, "status": "Created"}


@job_step("group_memberships.delete")
def delete(item: Item, by: Person) -> Item:
    place = Membership.objects.select_related("person__role", "group").filter(pk=item["id"]).first()
    if place is None:
        raise not_found()
    leave_group(place, by=by)
    return {"id": item["id"], "action": "delete", "status": "Deleted", "success": True}

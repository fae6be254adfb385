"""Groups and group memberships."""

from typing import Any

from opora.api.actions.queue_job import queue_job
from opora.api.nouns.groups import GROUP_MEMBERSHIPS, GROUPS, memberships
from opora.api.nouns.jobs import job_json
from opora.api.nouns.users import USERS, listed_people
from opora.api.wire.answers import NOTHING, Answer, changed, created, one_of
from opora.api.wire.bodies import FLAG, TEXT, Body, Json, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.many import bulk_list, ids_of_many
from opora.api.wire.offers import counted, offer_count, offer_list, offer_one
from opora.api.wire.paging import list_of, tally
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.writes.group_memberships import MEMBERSHIP, join_group, leave_group
from opora.people.actions.save_group import remove_group, save_group
from opora.people.actions.set_default_group import set_default_group
from opora.people.models import Group, Membership

GROUP = Body("group", {"name": text(120), "description": TEXT, "default": FLAG, "is_public": FLAG}, ("name",))

offer_list(GROUPS)
offer_one(GROUPS)
offer_count(GROUPS)
offer_list(GROUP_MEMBERSHIPS)
offer_one(GROUP_MEMBERSHIPS)


@operation("POST", "groups", takes=GROUP)
def create_group(call: Call) -> Answer:
    """Create a group."""
    given = call.read(GROUP)
    require_text(given, "name")
    return created(call, GROUPS, save_group(by=call.person, **_own(given)).pk)


@operation("PUT", "groups/{group_id}", takes=GROUP)
def update_group(call: Call, group_id: int) -> Any:
    """Update a group."""
    group = save_group(GROUPS.find(call, group_id), by=call.person, **_own(call.read(GROUP)))
    return changed(call, GROUPS, group.pk)


@operation("DELETE", "groups/{group_id}")
def delete_group(call: Call, group_id: int) -> Answer:
    """Take a group out of use."""
    remove_group(_in_use(group_id), by=call.person)
    return NOTHING


@operation("GET", "groups/assignable")
def assignable_groups(call: Call) -> Json:
    """List the groups that tickets can be given to."""
    return list_of(call, GROUPS, GROUPS.rows(call))


@operation("GET", "groups/{group_id}/users")
def users_of_group(call: Call, group_id: int) -> Json:
    """List the people of a group."""
    group = _in_use(group_id)
    return list_of(call, USERS, listed_people(call).filter(memberships__group=group))


@operation("GET", "groups/{group_id}/memberships")
def memberships_of_group(call: Call, group_id: int) -> Json:
    """List who is in a group."""
    return list_of(call, GROUP_MEMBERSHIPS, memberships(call).filter(group=_in_use(group_id)))


@operation("GET", "groups/{group_id}/memberships/assignable")
def assignable_memberships_of_group(call: Call, group_id: int) -> Json:
    """List those of a group whom tickets can be given to."""
    return memberships_of_group(call, group_id)


@operation("GET", "group_memberships/assignable")
def assignable_memberships(call: Call) -> Json:
    """List the memberships of those whom tickets can be given to."""
    return list_of(call, GROUP_MEMBERSHIPS, memberships(call))


@operation("GET", "users/{user_id}/group_memberships")
def memberships_of_user(call: Call, user_id: int) -> Json:
    """List the groups' memberships of one person."""
    person = USERS.find(call, user_id)
    return list_of(call, GROUP_MEMBERSHIPS, memberships(call).filter(person=person))


@operation("GET", "users/{user_id}/group_memberships/{membership_id}")
def membership_of_user(call: Call, user_id: int, membership_id: int) -> Json:
    """Show one membership of a person."""
    return one_of(call, GROUP_MEMBERSHIPS, _place(call, membership_id, user_id).pk)


@operation("GET", "users/{user_id}/groups")
def groups_of_user(call: Call, user_id: int) -> Json:
    """List the groups of one person."""
    person = USERS.find(call, user_id)
    return list_of(call, GROUPS, GROUPS.rows(call).filter(memberships__person=person))


@operation("GET", "users/{user_id}/groups/count")
def count_groups_of_user(call: Call, user_id: int) -> Json:
    """Count the groups of one person."""
    person = USERS.find(call, user_id)
    return counted(tally(GROUPS.rows(call).filter(memberships__person=person)))


@operation("POST", "group_memberships", takes=MEMBERSHIP)
def create_membership(call: Call) -> Answer:
    """Put a colleague into a group."""
    return _join(call, call.read(MEMBERSHIP))


@operation("POST", "users/{user_id}/group_memberships", takes=MEMBERSHIP)
def create_membership_of_user(call: Call, user_id: int) -> Answer:
    """Put this colleague into a group."""
    return _join(call, call.read(MEMBERSHIP) | {"user_id": user_id})


def _join(call: Call, given: Json) -> Answer:
    return created(call, GROUP_MEMBERSHIPS, join_group(given, by=call.person).pk)


@operation("POST", "group_memberships/create_many", takes=Body("group_memberships", {}))
def create_memberships(call: Call) -> Json:
    """Put up to a hundred colleagues into groups as a job."""
    items = bulk_list(call, "group_memberships", MEMBERSHIP)
    return {"job_status": job_json(call, queue_job("group_memberships.create", items, by=call.person))}


@operation("DELETE", "group_memberships/destroy_many")
def delete_memberships(call: Call) -> Json:
    """End up to a hundred memberships as a job."""
    items = [{"id": pk} for pk in ids_of_many(call, "group_memberships")]
    return {"job_status": job_json(call, queue_job("group_memberships.delete", items, by=call.person))}


@operation("DELETE", "group_memberships/{membership_id}")
def delete_membership(call: Call, membership_id: int) -> Answer:
    """Take a colleague out of a group."""
    return _leave(call, _place(call, membership_id))


@operation("DELETE", "users/{user_id}/group_memberships/{membership_id}")
def delete_membership_of_user(call: Call, user_id: int, membership_id: int) -> Answer:
    """Take this colleague out of a group."""
    return _leave(call, _place(call, membership_id, user_id))


def _leave(call: Call, place: Membership) -> Answer:
    leave_group(place, by=call.person)
    return NOTHING


@operation("PUT", "users/{user_id}/group_memberships/{membership_id}/make_default")
def make_default(call: Call, user_id: int, membership_id: int) -> Any:
    """Make one of a colleague's groups the default."""
    place = set_default_group(_place(call, membership_id, user_id), by=call.person)
    return lambda: list_of(call, GROUP_MEMBERSHIPS, memberships(call).filter(person=place.person_id))


def _place(call: Call, membership_id: int, user_id: int | None = None) -> Membership:
    rows = memberships(call).select_related("person__role", "group").filter(pk=membership_id)
    found = (rows.filter(person_id=user_id) if user_id else rows).first()
    if found is None:
        raise not_found()
    return found


def _in_use(group_id: int) -> Group:
    group = Group.objects.filter(pk=group_id, deleted_at=None).first()
    if group is None:
        raise not_found()
    return group


def _own(given: Json) -> Json:
    fields: Json = {name: given[name] or "" for name in ("name", "description") if name in given}
    if given.get("is_public") is not None:
        fields["is_private"] = not given["is_public"]
    return fields | ({"is_default": True} if given.get("default") else {})

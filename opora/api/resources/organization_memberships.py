"""Who belongs to which organization."""

from typing import Any

from opora.api.actions.queue_job import queue_job
from opora.api.nouns.jobs import job_json
from opora.api.nouns.organizations import ORGANIZATION_MEMBERSHIPS, ORGANIZATIONS
from opora.api.nouns.users import USERS
from opora.api.wire.answers import NOTHING, Answer, created, one_of
from opora.api.wire.bodies import Body, Json
from opora.api.wire.call import Call
from opora.api.wire.many import bulk_list, ids_of_many
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.paging import list_of
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.writes.organization_memberships import MEMBERSHIP, join
from opora.people.actions.belong import join_organization, leave_organization
from opora.people.models import OrganizationMembership

offer_list(ORGANIZATION_MEMBERSHIPS)
offer_one(ORGANIZATION_MEMBERSHIPS)


@operation("GET", "users/{user_id}/organization_memberships")
def memberships_of_user(call: Call, user_id: int) -> Json:
    """List the organizations' memberships of one person."""
    person = USERS.find(call, user_id)
    return list_of(call, ORGANIZATION_MEMBERSHIPS, ORGANIZATION_MEMBERSHIPS.rows(call).filter(person=person))


@operation("GET", "organizations/{organization_id}/organization_memberships")
def memberships_of_organization(call: Call, organization_id: int) -> Json:
    """List who belongs to one organization."""
    row = ORGANIZATIONS.find(call, organization_id)
    return list_of(
        call, ORGANIZATION_MEMBERSHIPS, ORGANIZATION_MEMBERSHIPS.rows(call).filter(organization=row)
    )


@operation("GET", "users/{user_id}/organization_memberships/{membership_id}")
def membership_of_user(call: Call, user_id: int, membership_id: int) -> Json:
    """Show one membership of a person."""
    return one_of(call, ORGANIZATION_MEMBERSHIPS, _place(membership_id, user_id).pk)


@operation("POST", "organization_memberships", takes=MEMBERSHIP)
def create_membership(call: Call) -> Answer:
    """Add a person to an organization."""
    return created(call, ORGANIZATION_MEMBERSHIPS, join(call.read(MEMBERSHIP), by=call.person).pk)


@operation("POST", "users/{user_id}/organization_memberships", takes=MEMBERSHIP)
def create_membership_of_user(call: Call, user_id: int) -> Answer:
    """Add this person to an organization."""
    given = call.read(MEMBERSHIP) | {"user_id": user_id}
    return created(call, ORGANIZATION_MEMBERSHIPS, join(given, by=call.person).pk)


@operation("DELETE", "organization_memberships/{membership_id}")
def delete_membership(call: Call, membership_id: int) -> Answer:
    """Remove a person from an organization."""
    leave_organization(_place(membership_id), by=call.person)
    return NOTHING


@operation("DELETE", "users/{user_id}/organization_memberships/{membership_id}")
def delete_membership_of_user(call: Call, user_id: int, membership_id: int) -> Answer:
    """Remove this person from an organization."""
    leave_organization(_place(membership_id, user_id), by=call.person)
    return NOTHING


@operation("PUT", "users/{user_id}/organization_memberships/{membership_id}/make_default")
def make_default(call: Call, user_id: int, membership_id: int) -> Any:
    """Make one of a person's organizations the default."""
    place = _place(membership_id, user_id)
    join_organization(place.person, place.organization, by=call.person, as_default=True)
    rows = ORGANIZATION_MEMBERSHIPS.rows(call).filter(person=place.person)
    return lambda: list_of(call, ORGANIZATION_MEMBERSHIPS, rows)


@operation("PUT", "users/{user_id}/organizations/{organization_id}/make_default")
def make_organization_default(call: Call, user_id: int, organization_id: int) -> Any:
    """Make an organization of a person the default one."""
    return make_default(call, user_id, _between(user_id, organization_id).pk)


@operation("DELETE", "users/{user_id}/organizations/{organization_id}")
def leave(call: Call, user_id: int, organization_id: int) -> Answer:
    """Remove a person from an organization."""
    leave_organization(_between(user_id, organization_id), by=call.person)
    return NOTHING


@operation("POST", "organization_memberships/create_many", takes=Body("organization_memberships", {}))
def create_memberships(call: Call) -> Json:
    """Add up to a hundred people to organizations as a job."""
    items = bulk_list(call, "organization_memberships", MEMBERSHIP)
    return {"job_status": job_json(call, queue_job("organization_memberships.create", items, by=call.person))}


@operation("DELETE", "organization_memberships/destroy_many")
def delete_memberships(call: Call) -> Json:
    """End up to a hundred memberships as a job."""
    items = [{"id": pk} for pk in ids_of_many(call, "organization_memberships")]
    return {"job_status": job_json(call, queue_job("organization_memberships.delete", items, by=call.person))}


def _between(user_id: int, organization_id: int) -> OrganizationMembership:
    places = OrganizationMembership.objects.filter(person_id=user_id, organization_id=organization_id)
    return _place(places.values_list("pk", flat=True).first() or 0)


def _place(membership_id: int, user_id: int | None = None) -> OrganizationMembership:
    rows = OrganizationMembership.objects.select_related("person__role", "organization").filter(
        pk=membership_id
    )
    found = (rows.filter(person_id=user_id) if user_id else rows).first()
    if found is None:
        raise not_found()
    return found

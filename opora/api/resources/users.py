"""People: agents, admins and end users."""

from typing import Any

from django.db.models import Q, QuerySet

from opora.api.actions.queue_job import queue_job
from opora.api.nouns.jobs import job_json
from opora.api.nouns.users import ADMIN, USERS, listed_people
from opora.api.searching.people import search_people
from opora.api.wire.answers import Answer, changed, created, one_of
from opora.api.wire.bodies import WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.many import bulk_changes, bulk_list, ids_of_many
from opora.api.wire.offers import counted, required
from opora.api.wire.paging import list_of, tally, whole_list
from opora.api.wire.problems import invalid_record, restricted
from opora.api.wire.routing import operation
from opora.api.wire.tags import offer_tags
from opora.api.writes.users import USER, create_user, delete_user, find_same, person_to_change, update_user
from opora.people.actions.change_person import change_person
from opora.people.models import Person
from opora.people.queries import named_like
from opora.tickets.actions.merge_people import merge_people
from opora.tickets.models import Ticket

MERGED_INTO = Body("user", {"id": WHOLE}, ("id",))
ANONYMOUS = {"name": "Anonymous user"}


@operation("GET", "users/me", who="anybody")
def show_me(call: Call) -> Json:
    """Show who calls; without credentials, nobody in particular."""
    if call.anybody is None:
        return {"user": ANONYMOUS}
    shown = one_of(call, USERS, call.anybody.pk)
    return {**shown, "user": {**shown["user"], "authenticity_token": None}}


@operation("GET", "end_users/{user_id}", who="people")
def show_end_user(call: Call, user_id: int) -> Json:
    """Show one person, as customers may be shown themselves."""
    return one_of(call, USERS, USERS.find(call, user_id).pk)


@operation("GET", "users")
def list_users(call: Call) -> Json:
    """List people, of some roles if asked."""
    return list_of(call, USERS, _filtered(call, listed_people(call)))


@operation("GET", "groups/{group_id}/users/count")
def count_users_of_group(call: Call, group_id: int) -> Json:
    """Count the people of a group."""
    return counted(tally(listed_people(call).filter(memberships__group_id=group_id)))


@operation("GET", "organizations/{organization_id}/users/count")
def count_users_of_organization(call: Call, organization_id: int) -> Json:
    """Count the people of an organization."""
    return counted(
        tally(listed_people(call).filter(organization_memberships__organization_id=organization_id))
    )


@operation("GET", "users/count")
def count_users(call: Call) -> Json:
    """Count people."""
    return counted(tally(_filtered(call, listed_people(call))))


def _filtered(call: Call, rows: QuerySet[Person]) -> QuerySet[Person]:
    kinds = {
        "end-user": Q(role__isnull=True),
        "admin": Q(role__kind=ADMIN),
        "agent": Q(role__isnull=False) & ~Q(role__kind=ADMIN),
    }
    wanted = [kinds[word] for word in call.all_of("role") if word in kinds]
    if wanted:
        some = wanted[0]
        for one in wanted[1:]:
            some |= one
        rows = rows.filter(some)
    if call.param("external_id"):
        rows = rows.filter(external_id=call.param("external_id"))
    role_id = call.number("permission_set")
    return rows.filter(role_id=role_id) if role_id else rows


@operation("GET", "users/{user_id}", who="people")
def show_user(call: Call, user_id: int) -> Json:
    """Show one person; deleted ones too, as not active."""
    return one_of(call, USERS, USERS.find(call, user_id).pk)


@operation("POST", "users", takes=USER)
def create(call: Call) -> Answer:
    """Create a person."""
    return created(call, USERS, create_user(call.read(USER), by=call.person).pk)


@operation("PUT", "users/{user_id}", takes=USER)
def update(call: Call, user_id: int) -> Any:
    """Update a person."""
    person = update_user(person_to_change(user_id), call.read(USER), by=call.person)
    return changed(call, USERS, person.pk)


@operation("DELETE", "users/{user_id}")
def delete(call: Call, user_id: int) -> Any:
    """Delete a person; they stay visible by id, as not active."""
    return changed(call, USERS, delete_user(person_to_change(user_id), by=call.person).pk)


@operation("POST", "users/create_or_update", takes=USER)
def create_or_update(call: Call) -> Any:
    """Update the person of this external id or address, or create them."""
    given = call.read(USER)
    person = find_same(given)
    if person is None:
        return created(call, USERS, create_user(given, by=call.person).pk)
    return changed(call, USERS, update_user(person, given, by=call.person).pk)


@operation("GET", "users/show_many")
def show_users(call: Call) -> Json:
    """Show several people by id or external id."""
    known = Person.objects.exclude(external_id__startswith="opora:")
    if "external_ids" in call.query or "external_ids[]" in call.query:
        rows = known.filter(external_id__in=call.all_of("external_ids")[:100])
    else:
        rows = known.filter(pk__in=call.ids())
    return whole_list(call, USERS, list(rows.order_by("pk").values_list("pk", flat=True)))


@operation("GET", "users/search")
def search_users(call: Call) -> Json:
    """Find people by name, address, number or the search language."""
    if call.param("external_id"):
        return list_of(call, USERS, listed_people(call).filter(external_id=call.param("external_id")))
    return list_of(call, USERS, search_people(call.param("query"), listed_people(call), by=call.person))


@operation("GET", "users/autocomplete")
def autocomplete_users(call: Call) -> Json:
    """Find people whose name, or number given as `phone`, begins so."""
    if call.param("phone"):
        return list_of(call, USERS, listed_people(call).filter(phone__startswith=call.param("phone").strip()))
    return list_of(call, USERS, named_like(listed_people(call), required(call, "name")))


@operation("GET", "users/{user_id}/related")
def related_of_user(call: Call, user_id: int) -> Json:
    """Count what belongs to a person."""
    person = USERS.find(call, user_id)
    live = Ticket.objects.live()
    return {
        "user_related": {
            "assigned_tickets": live.filter(assignee=person).count(),
            "requested_tickets": live.filter(requester=person).count(),
            "ccd_tickets": person.collaborations.filter(kind="cc").count(),
            "organization_subscriptions": 0,
        }
    }


@operation("PUT", "users/{user_id}/merge", takes=MERGED_INTO)
def merge_user(call: Call, user_id: int) -> Any:
    """Merge this person into another one, who gets everything that was theirs."""
    given = call.read(MERGED_INTO)
    source, into = person_to_change(user_id), find_same({"id": given.get("id")})
    if into is None:
        raise invalid_record("id", "is not a user to merge into")
    merge_people(source, into=into, by=call.person)
    return changed(call, USERS, into.pk)


def _job(call: Call, kind: str, items: list[Json]) -> Json:
    if "people.edit" not in call.person.allowed:
        raise restricted()
    return {"job_status": job_json(call, queue_job(kind, items, by=call.person))}


@operation("POST", "users/create_many", takes=Body("users", {}))
def create_many(call: Call) -> Json:
    """Create up to a hundred people as a job."""
    return _job(call, "users.create", bulk_list(call, "users", USER))


@operation("POST", "users/create_or_update_many", takes=Body("users", {}))
def create_or_update_many(call: Call) -> Json:
    """Create or update up to a hundred people as a job."""
    return _job(call, "users.create_or_update", bulk_list(call, "users", USER))


@operation("PUT", "users/update_many", takes=Body("users", {}))
def update_many(call: Call) -> Json:
    """Update up to a hundred people as a job: each their own way, or those of `ids` alike."""
    return _job(call, "users.update", bulk_changes(call, USER, "users"))


@operation("DELETE", "users/destroy_many")
def delete_many(call: Call) -> Json:
    """Delete up to a hundred people as a job."""
    return _job(call, "users.delete", [{"id": pk} for pk in ids_of_many(call, "users")])


def _set_tags(call: Call, person: Person, tags: list[str]) -> None:
    change_person(person, by=call.person, tags=sorted(tags))


offer_tags(
    "users/{user_id}/tags",
    lambda call, pk: person_to_change(pk),
    lambda person: list(person.tags),
    _set_tags,
)

"""Organizations."""

from typing import Any

from opora.api.actions.queue_job import queue_job
from opora.api.nouns.jobs import job_json
from opora.api.nouns.organizations import ORGANIZATIONS
from opora.api.nouns.users import USERS, listed_people
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import Body, Json
from opora.api.wire.call import Call
from opora.api.wire.many import bulk_changes, bulk_list, ids_of_many
from opora.api.wire.offers import counted, offer_count, offer_list, offer_one, required
from opora.api.wire.paging import list_of, tally, whole_list
from opora.api.wire.problems import missing_parameter
from opora.api.wire.routing import operation
from opora.api.wire.tags import offer_tags
from opora.api.writes.organizations import ORGANIZATION, find_same, write_organization
from opora.people.actions.delete_organization import delete_organization as delete
from opora.people.actions.save_organization import save_organization
from opora.people.models import Organization, Person
from opora.people.queries import organizations_named_like
from opora.tickets.models import Ticket

offer_list(ORGANIZATIONS, who="colleagues")
offer_one(ORGANIZATIONS)
offer_count(ORGANIZATIONS)


@operation("POST", "organizations", takes=ORGANIZATION)
def create_organization(call: Call) -> Answer:
    """Create an organization."""
    row = write_organization(None, call.read(ORGANIZATION), by=call.person)
    return created(call, ORGANIZATIONS, row.pk)


@operation("PUT", "organizations/{organization_id}", takes=ORGANIZATION)
def update_organization(call: Call, organization_id: int) -> Any:
    """Update an organization."""
    row = ORGANIZATIONS.find(call, organization_id)
    write_organization(row, call.read(ORGANIZATION), by=call.person)
    return changed(call, ORGANIZATIONS, row.pk)


@operation("DELETE", "organizations/{organization_id}")
def delete_organization(call: Call, organization_id: int) -> Answer:
    """Remove an organization; its people and tickets stay."""
    delete(ORGANIZATIONS.find(call, organization_id), by=call.person)
    return NOTHING


@operation("POST", "organizations/create_or_update", takes=ORGANIZATION)
def create_or_update_organization(call: Call) -> Any:
    """Update the organization of this id, external id or name, or create it."""
    given = call.read(ORGANIZATION)
    row = find_same(given)
    if row is None:
        return created(call, ORGANIZATIONS, write_organization(None, given, by=call.person).pk)
    write_organization(row, given, by=call.person)
    return changed(call, ORGANIZATIONS, row.pk)


@operation("GET", "organizations/show_many")
def show_organizations(call: Call) -> Json:
    """Show several organizations by id or external id."""
    if "external_ids" in call.query or "external_ids[]" in call.query:
        rows = Organization.objects.filter(external_id__in=call.all_of("external_ids")[:100])
    else:
        rows = Organization.objects.filter(pk__in=call.ids())
    return whole_list(call, ORGANIZATIONS, list(rows.order_by("pk").values_list("pk", flat=True)))


@operation("GET", "organizations/search")
def search_organizations(call: Call) -> Json:
    """Find organizations by external id or exact name."""
    external, name = call.param("external_id"), call.param("name")
    external = external.partition("?include=")[
        0
    ]  # zenpy begins its own parameters with a second question mark
    if not external and not name:
        raise missing_parameter("external_id")
    rows = Organization.objects.all()
    rows = rows.filter(external_id=external) if external else rows.filter(name__iexact=name)
    return list_of(call, ORGANIZATIONS, rows)


@operation("GET", "organizations/autocomplete")
def autocomplete_organizations(call: Call) -> Json:
    """Find organizations whose name begins so."""
    return list_of(call, ORGANIZATIONS, organizations_named_like(required(call, "name")))


@operation("POST", "organizations/autocomplete", in_update=False)
def autocomplete_organizations_by_post(call: Call) -> Json:
    """Find organizations whose name begins so; the name may stand in the body."""
    body = call.body if isinstance(call.body, dict) else {}
    name = str(body.get("name") or call.param("name"))
    if not name.strip():
        raise missing_parameter("name")
    return list_of(call, ORGANIZATIONS, organizations_named_like(name))


@operation("GET", "users/{user_id}/organizations/count")
def count_organizations_of_user(call: Call, user_id: int) -> Json:
    """Count the organizations of one person."""
    person = USERS.find(call, user_id)
    return counted(tally(ORGANIZATIONS.rows(call).filter(memberships__person=person)))


@operation("GET", "organizations/{organization_id}/related")
def related_of_organization(call: Call, organization_id: int) -> Json:
    """Count what belongs to an organization."""
    row = ORGANIZATIONS.find(call, organization_id)
    people = Person.objects.filter(organization=row, is_active=True).count()
    return {
        "organization_related": {
            "tickets_count": Ticket.objects.filter(organization=row).count(),
            "users_count": people,
        }
    }


@operation("GET", "organizations/{organization_id}/users")
def users_of_organization(call: Call, organization_id: int) -> Json:
    """List the people of an organization."""
    row = ORGANIZATIONS.find(call, organization_id)
    return list_of(call, USERS, listed_people(call).filter(organization_memberships__organization=row))


@operation("GET", "users/{user_id}/organizations")
def organizations_of_user(call: Call, user_id: int) -> Json:
    """List the organizations of one person."""
    person = USERS.find(call, user_id)
    return list_of(call, ORGANIZATIONS, Organization.objects.filter(memberships__person=person))


@operation("POST", "organizations/create_many", takes=Body("organizations", {}))
def create_organizations(call: Call) -> Json:
    """Create up to a hundred organizations as a job."""
    items = bulk_list(call, "organizations", ORGANIZATION)
    return {"job_status": job_json(call, queue_job("organizations.create", items, by=call.person))}


@operation("PUT", "organizations/update_many", takes=Body("organizations", {}))
def update_organizations(call: Call) -> Json:
    """Update up to a hundred organizations as a job: each its own way, or those of `ids` alike."""
    items = bulk_changes(call, ORGANIZATION, "organizations")
    return {"job_status": job_json(call, queue_job("organizations.update", items, by=call.person))}


@operation("DELETE", "organizations/destroy_many")
def delete_organizations(call: Call) -> Json:
    """Remove up to a hundred organizations as a job."""
    items = [{"id": pk} for pk in ids_of_many(call, "organizations")]
    return {"job_status": job_json(call, queue_job("organizations.delete", items, by=call.person))}


def _set_tags(call: Call, row: Organization, tags: list[str]) -> None:
    save_organization(row, by=call.person, tags=tags)


offer_tags("organizations/{organization_id}/tags", ORGANIZATIONS.find, lambda row: list(row.tags), _set_tags)

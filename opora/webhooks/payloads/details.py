"""The `detail` object: what an event is about, as it is when it is told."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from opora.people.models import Organization, Person, Role
from opora.tickets.models import Comment, Priority, Ticket, TicketType
from opora.webhooks.payloads.values import iso, text_id

Detail = dict[str, Any]
LONGEST_DESCRIPTION = 64 * 1024


def detail_of(domain: str, subject_id: int) -> Detail:
    """Return the detail object of a ticket, user or organization; of what is gone only its id is told."""
    try:
        return _DETAILS[domain](subject_id)
    except ObjectDoesNotExist:
        return {"id": str(subject_id)}


def detail_of_ticket(ticket_id: int) -> Detail:
    """Ticket events of the vendor's reference: ids as texts, words in upper case."""
    ticket = Ticket.objects.select_related("status").prefetch_related("tags").get(pk=ticket_id)
    first = Comment.objects.filter(ticket=ticket).order_by("id").first()
    return {
        "actor_id": None,
        "assignee_id": text_id(ticket.assignee_id),
        "brand_id": text_id(ticket.brand_id),
        "created_at": iso(ticket.created_at),
        "custom_status": text_id(ticket.status_id),
        "description": first.text[:LONGEST_DESCRIPTION] if first else "",
        "external_id": ticket.external_id or None,
        "form_id": text_id(ticket.form_id),
        "group_id": text_id(ticket.group_id),
        "id": str(ticket.pk),
        "is_public": first.is_public if first else True,
        "organization_id": text_id(ticket.organization_id),
        "priority": Priority(ticket.priority).name if ticket.priority else None,
        "requester_id": text_id(ticket.requester_id),
        "status": ticket.status.word.upper(),
        "subject": ticket.subject,
        "submitter_id": text_id(ticket.submitter_id),
        "tags": sorted(tag.name for tag in ticket.tags.all()),
        "type": TicketType(ticket.type).name if ticket.type else None,
        "updated_at": iso(ticket.updated_at),
        "via": {"channel": ticket.channel},
    }


def detail_of_user(person_id: int) -> Detail:
    """User events of the vendor's reference; "0" stands for no group and no organization."""
    person = Person.objects.select_related("role").get(pk=person_id)
    first_group = person.memberships.order_by("id").values_list("group_id", flat=True).first()
    return {
        "created_at": iso(person.created_at),
        "default_group_id": str(first_group or 0),
        "email": person.email,
        "external_id": person.external_id,
        "id": str(person.pk),
        "organization_id": str(person.organization_id or 0),
        "role": _role(person),
        "updated_at": iso(person.updated_at),
    }


def detail_of_organization(organization_id: int) -> Detail:
    organization = Organization.objects.get(pk=organization_id)
    return {
        "created_at": iso(organization.created_at),
        "external_id": organization.external_id or None,
        "group_id": None,
        "id": str(organization.pk),
        "name": organization.name,
        "shared_comments": False,
        "shared_tickets": False,
        "updated_at": iso(organization.updated_at),
    }


_DETAILS = {"ticket": detail_of_ticket, "user": detail_of_user, "organization": detail_of_organization}


def _role(person: Person) -> str:
    if person.role is None:
        return "end-user"
    return "admin" if person.role.kind == Role.Kind.ADMINISTRATOR else "agent"

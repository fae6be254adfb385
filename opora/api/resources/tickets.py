"""Tickets: lists, one, create, update, delete."""

from typing import Any

from opora.api.actions.remember import remembered
from opora.api.nouns.audits import AUDITS
from opora.api.nouns.organizations import ORGANIZATIONS
from opora.api.nouns.tickets import TICKETS, visible
from opora.api.nouns.users import USERS
from opora.api.wire.answers import NOTHING, Answer, one_of
from opora.api.wire.bodies import TEXT, Json
from opora.api.wire.call import MOST_IDS, Call
from opora.api.wire.nouns import side_loads
from opora.api.wire.offers import counted
from opora.api.wire.paging import list_of, tally, whole_list
from opora.api.wire.problems import too_many_values
from opora.api.wire.routing import operation
from opora.api.writes.tickets import TICKET, create_from, ticket_to_change, update_from
from opora.events.models import Event
from opora.tickets.actions.remove import delete_ticket as delete
from opora.tickets.actions.remove import mark_spam
from opora.tickets.models import Category, ReadMark, Ticket, TicketType


@operation("GET", "tickets/show_many")
def show_tickets(call: Call) -> Json:
    """Show several tickets, by their numbers or by those of another system; those that are not there are left out."""
    external = call.all_of("external_ids")
    if len(external) > MOST_IDS:
        raise too_many_values(MOST_IDS, "external_ids")
    if external:
        known = dict(visible(call).filter(external_id__in=external).values_list("pk", "external_id"))
        return whole_list(call, TICKETS, sorted(known, key=lambda pk: (external.index(known[pk]), pk)))
    ids = call.ids()
    found = set(visible(call).filter(pk__in=ids).values_list("pk", flat=True))
    return whole_list(call, TICKETS, [pk for pk in dict.fromkeys(ids) if pk in found])


@operation("GET", "tickets")
def list_tickets(call: Call) -> Json:
    """List tickets."""
    rows = visible(call)
    external = call.param("external_id")
    return list_of(call, TICKETS, rows.filter(external_id=external) if external else rows)


@operation("GET", "tickets/{ticket_id}")
def show_ticket(call: Call, ticket_id: int) -> Json:
    """Show one ticket."""
    return one_of(call, TICKETS, TICKETS.find(call, ticket_id).pk)


@operation("POST", "tickets", takes=TICKET)
def create_ticket(call: Call) -> Answer:
    """Create a ticket. With an `Idempotency-Key` the same call again makes no second one."""
    return remembered(call, lambda: _create(call))


def _create(call: Call) -> Answer:
    ticket = create_from(call.read(TICKET), by=call.person)
    return Answer(lambda: with_audit(call, ticket), 201, {"Location": call.url(f"tickets/{ticket.pk}")})


@operation("PUT", "tickets/{ticket_id}", takes=TICKET)
def update_ticket(call: Call, ticket_id: int) -> Any:
    """Update a ticket; everything given changes as one update, shown as the audit."""
    ticket = update_from(ticket_to_change(ticket_id, by=call.person), call.read(TICKET), by=call.person)
    return lambda: with_audit(call, ticket)


@operation("DELETE", "tickets/{ticket_id}")
def delete_ticket(call: Call, ticket_id: int) -> Answer:
    """Put a ticket into the bin."""
    delete(ticket_to_change(ticket_id, by=call.person), by=call.person)
    return NOTHING


@operation("PUT", "tickets/{ticket_id}/mark_as_spam")
def mark_as_spam(call: Call, ticket_id: int) -> Json:
    """Take a ticket for spam and suspend its requester."""
    mark_spam(ticket_to_change(ticket_id, by=call.person), by=call.person)
    return {}


def with_audit(call: Call, ticket: Ticket) -> Json:
    """Return a ticket that was written, and the audit of the update that wrote it."""
    shown = TICKETS.present(call, [ticket.pk])
    events = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk)
    last = events.filter(actor_id=call.person.pk).order_by("-id").values_list("update_id", flat=True).first()
    first = events.filter(update_id=last or 0).order_by("id").values_list("pk", flat=True).first()
    audits = AUDITS.present(call, [first]) if first else [None]
    return {"ticket": shown[0], **side_loads(call, TICKETS, shown), "audit": audits[0]}


@operation("GET", "tickets/count")
def count_tickets(call: Call) -> Json:
    """Count tickets."""
    return counted(tally(visible(call)))


@operation("GET", "tickets/recent")
def recent_tickets(call: Call) -> Json:
    """List the tickets that the caller has looked at."""
    read = ReadMark.objects.filter(person=call.person).order_by("-id").values("ticket_id")[:20]
    return list_of(call, TICKETS, visible(call).filter(pk__in=list(read.values_list("ticket_id", flat=True))))


@operation("GET", "organizations/{organization_id}/tickets")
def tickets_of_organization(call: Call, organization_id: int) -> Json:
    """List the tickets of an organization."""
    row = ORGANIZATIONS.find(call, organization_id)
    return list_of(call, TICKETS, visible(call).filter(organization=row))


@operation("GET", "organizations/{organization_id}/tickets/count")
def count_tickets_of_organization(call: Call, organization_id: int) -> Json:
    """Count the tickets of an organization."""
    return counted(tally(visible(call).filter(organization=ORGANIZATIONS.find(call, organization_id))))


@operation("GET", "users/{user_id}/tickets/requested")
def tickets_requested(call: Call, user_id: int) -> Json:
    """List the tickets that a person asked for."""
    return list_of(call, TICKETS, visible(call).filter(requester=USERS.find(call, user_id)))


@operation("GET", "users/{user_id}/tickets/assigned")
def tickets_assigned(call: Call, user_id: int) -> Json:
    """List the tickets assigned to a colleague."""
    return list_of(call, TICKETS, visible(call).filter(assignee=USERS.find(call, user_id)))


@operation("GET", "users/{user_id}/tickets/assigned/count")
def count_tickets_assigned(call: Call, user_id: int) -> Json:
    """Count the tickets assigned to a colleague."""
    return counted(tally(visible(call).filter(assignee=USERS.find(call, user_id))))


@operation("GET", "users/{user_id}/tickets/ccd")
def tickets_copied(call: Call, user_id: int) -> Json:
    """List the tickets on which a person is in copy."""
    person = USERS.find(call, user_id)
    places = person.collaborations.filter(kind="cc").values("ticket_id")
    return list_of(call, TICKETS, visible(call).filter(pk__in=places))


@operation("GET", "users/{user_id}/tickets/ccd/count")
def count_tickets_copied(call: Call, user_id: int) -> Json:
    """Count the tickets on which a person is in copy."""
    places = USERS.find(call, user_id).collaborations.filter(kind="cc").values("ticket_id")
    return counted(tally(visible(call).filter(pk__in=places)))


@operation("GET", "users/{user_id}/tickets/followed")
def tickets_followed(call: Call, user_id: int) -> Json:
    """List the tickets that a person follows."""
    places = USERS.find(call, user_id).collaborations.filter(kind="follower").values("ticket_id")
    return list_of(call, TICKETS, visible(call).filter(pk__in=places))


@operation("GET", "tickets/{ticket_id}/incidents")
def incidents_of_ticket(call: Call, ticket_id: int) -> Json:
    """List the incidents of a problem."""
    return list_of(call, TICKETS, visible(call).filter(problem=TICKETS.find(call, ticket_id)))


@operation("GET", "tickets/problems")
@operation("GET", "problems")
def problems(call: Call) -> Json:
    """List the tickets that are problems."""
    return list_of(call, TICKETS, visible(call).filter(type=TicketType.PROBLEM))


@operation("POST", "problems/autocomplete", in_update=False)
def find_problems(call: Call) -> Json:
    """Find open problems by a part of their subject, `text`, in the query or the body."""
    given = call.param("text") or (call.body.get("text") if isinstance(call.body, dict) else "")
    found = visible(call).filter(type=TicketType.PROBLEM, category__lt=Category.SOLVED)
    return list_of(call, TICKETS, found.filter(subject__icontains=TEXT.read("text", given or "")))

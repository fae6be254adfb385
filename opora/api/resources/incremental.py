"""Incremental exports of tickets, people, organizations and ticket events."""

from django.db.models import QuerySet

from opora.api.nouns.metric_events import METRIC_EVENTS
from opora.api.nouns.organizations import ORGANIZATIONS
from opora.api.nouns.ticket_events import TICKET_EVENTS
from opora.api.nouns.tickets import TICKETS
from opora.api.nouns.users import USERS
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.increments import export_by_cursor, export_by_time, since
from opora.api.wire.paging import is_by_cursor, list_of
from opora.api.wire.problems import restricted, unknown_endpoint
from opora.api.wire.routing import operation
from opora.people.models import Organization, Person, Role
from opora.tickets.models import Ticket


def _all_tickets(call: Call) -> QuerySet[Ticket]:
    """Every ticket, deleted ones too. For whoever may see all tickets: an export that leaves some out misleads."""
    _require_all(call)
    rows = Ticket.objects.exclude(removed_as=Ticket.Removed.SPAM)
    return rows.filter(removed_at__isnull=True) if call.param("exclude_deleted") == "true" else rows


def _require_all(call: Call) -> None:
    role = call.person.role
    if role is None or role.ticket_access != Role.Access.ALL or call.person.hidden_group_ids:
        raise restricted()


@operation("GET", "incremental/tickets")
def tickets_by_time(call: Call) -> Json:
    """Export tickets that changed since a moment, page by page of time."""
    return export_by_time(call, TICKETS, _all_tickets(call))


@operation("GET", "incremental/tickets/cursor")
def tickets_by_cursor(call: Call) -> Json:
    """Export tickets that changed since a moment, by cursor."""
    return export_by_cursor(call, TICKETS, _all_tickets(call))


@operation("GET", "incremental/users")
def users_by_time(call: Call) -> Json:
    """Export people that changed since a moment."""
    return export_by_time(call, USERS, _all_people(call))


@operation("GET", "incremental/users/cursor")
def users_by_cursor(call: Call) -> Json:
    """Export people that changed since a moment, by cursor."""
    return export_by_cursor(call, USERS, _all_people(call))


def _all_people(call: Call) -> QuerySet[Person]:
    _require_all(call)
    return Person.objects.exclude(external_id__startswith="opora:")


@operation("GET", "incremental/organizations")
def organizations_by_time(call: Call) -> Json:
    """Export organizations that changed since a moment."""
    return export_by_time(call, ORGANIZATIONS, Organization.objects.all())


@operation("GET", "incremental/ticket_events")
def ticket_events(call: Call) -> Json:
    """Export what happened to tickets since a moment; with `include=comment_events`, what was said as well."""
    _require_all(call)
    return export_by_time(call, TICKET_EVENTS, TICKET_EVENTS.rows(call), column="recorded_at")


@operation("GET", "incremental/ticket_metric_events")
def ticket_metric_events(call: Call) -> Json:
    """Export when the clocks of tickets began, paused and were fulfilled; also by cursor."""
    _require_all(call)
    rows = METRIC_EVENTS.rows(call)
    if is_by_cursor(call):
        return list_of(call, METRIC_EVENTS, rows.filter(recorded_at__gte=since(call)), order="id")
    return export_by_time(call, METRIC_EVENTS, rows, column="recorded_at")


@operation("GET", "incremental/{resource:text}/sample")
def sample(call: Call, resource: str) -> Json:
    """Export the first fifty tickets, people or organizations since a moment, to try a connection."""
    exports = {
        "tickets": tickets_by_time,
        "users": users_by_time,
        "organizations": organizations_by_time,
        "ticket_events": ticket_events,
    }
    if resource not in exports:
        raise unknown_endpoint()
    call.query["per_page"] = ["50"]
    return exports[resource](call)

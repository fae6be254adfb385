"""Many tickets at once, the bin, merging and imports: mostly as jobs."""

from opora.api.actions.queue_job import queue_job
from opora.api.nouns.deleted_tickets import DELETED_TICKETS
from opora.api.nouns.jobs import job_json
from opora.api.resources.tickets import with_audit
from opora.api.wire.answers import Answer
from opora.api.wire.bodies import Body, Json, read_attributes, unwrap
from opora.api.wire.call import Call
from opora.api.wire.many import bulk_changes, bulk_list, ids_of_many
from opora.api.wire.paging import list_of
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.writes.imports import IMPORT, import_from
from opora.api.writes.ticket_jobs import MERGE
from opora.api.writes.tickets import TICKET, ticket_to_change
from opora.tickets.actions.remove import restore_ticket
from opora.tickets.models import Ticket

TICKET_LIST = Body("tickets", {})


def _job(call: Call, kind: str, items: list[Json]) -> Json:
    return {"job_status": job_json(call, queue_job(kind, items, by=call.person))}


@operation("POST", "tickets/create_many", takes=TICKET_LIST)
def create_tickets(call: Call) -> Json:
    """Create up to a hundred tickets as a job."""
    return _job(call, "tickets.create", bulk_list(call, "tickets", TICKET))


@operation("PUT", "tickets/update_many", takes=TICKET_LIST)
def update_tickets(call: Call) -> Json:
    """Update up to a hundred tickets as a job: each its own way, or those of `ids` alike."""
    return _job(call, "tickets.update", bulk_changes(call, TICKET, "tickets"))


@operation("DELETE", "tickets/destroy_many")
def delete_tickets(call: Call) -> Json:
    """Put up to a hundred tickets into the bin as a job."""
    return _job(call, "tickets.delete", [{"id": pk} for pk in ids_of_many(call, "tickets")])


@operation("PUT", "tickets/mark_many_as_spam")
def mark_tickets_as_spam(call: Call) -> Json:
    """Take up to a hundred tickets for spam as a job."""
    return _job(call, "tickets.spam", [{"id": pk} for pk in ids_of_many(call, "tickets")])


@operation("POST", "tickets/{ticket_id}/merge", takes=MERGE)
def merge_tickets(call: Call, ticket_id: int) -> Json:
    """Merge other tickets into this one as a job."""
    into = ticket_to_change(ticket_id, by=call.person)
    given, _ignored = read_attributes(call.body, MERGE)
    ids = given.get("ids") or []
    return _job(call, "tickets.merge", [{**call.body, "id": into.pk, "ids": ids}])


@operation("GET", "deleted_tickets")
def list_deleted(call: Call) -> Json:
    """List the tickets in the bin."""
    return list_of(call, DELETED_TICKETS, DELETED_TICKETS.rows(call), order="-id")


@operation("DELETE", "deleted_tickets/{ticket_id}")
def erase_ticket(call: Call, ticket_id: int) -> Json:
    """Remove what a ticket of the bin says for good, as a job."""
    return _job(call, "tickets.erase", [{"id": _deleted(call, ticket_id).pk}])


@operation("DELETE", "deleted_tickets/destroy_many")
def erase_tickets(call: Call) -> Json:
    """Remove what up to a hundred tickets of the bin say for good, as a job."""
    return _job(call, "tickets.erase", [{"id": pk} for pk in ids_of_many(call, "tickets")])


@operation("PUT", "deleted_tickets/{ticket_id}/restore")
def restore_deleted(call: Call, ticket_id: int) -> Json:
    """Bring a ticket of the bin back."""
    restore_ticket(_deleted(call, ticket_id), by=call.person)
    return {}


@operation("PUT", "deleted_tickets/restore_many")
def restore_deleted_many(call: Call) -> Json:
    """Bring several tickets of the bin back."""
    for pk in ids_of_many(call, "tickets"):
        restore_ticket(_deleted(call, pk), by=call.person)
    return {}


def _deleted(call: Call, ticket_id: int) -> Ticket:
    found = DELETED_TICKETS.rows(call).filter(pk=ticket_id).select_related("requester__role").first()
    if found is None:
        raise not_found()
    return found


@operation("POST", "imports/tickets", takes=IMPORT)
def import_ticket(call: Call) -> Answer:
    """Bring a ticket of the past in, with its comments and times; no rules run and nobody is told."""
    given = unwrap(call.body, "ticket")
    ticket = import_from(call.read_one(given, IMPORT), by=call.person, archive=_archives(call))
    return Answer(lambda: with_audit(call, ticket), 201, {"Location": call.url(f"tickets/{ticket.pk}")})


@operation("POST", "imports/tickets/create_many", takes=TICKET_LIST)
def import_tickets(call: Call) -> Json:
    """Bring up to a hundred tickets of the past in as a job."""
    items = bulk_list(call, "tickets", IMPORT)
    return _job(call, "tickets.import", [{**item, "archive": _archives(call)} for item in items])


def _archives(call: Call) -> bool:
    return call.param("archive_immediately") == "true"

"""Taking a ticket for writing, so that two actions at once come one after the other."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.prepared import prepared, write
from opora.core.refusals import Conflict, NotFound
from opora.tickets.models import Ticket


def lock_ticket(ticket: Ticket) -> Ticket:
    """Refresh `ticket` in place with its present state, held until the transaction ends; returns it.

    On SQLite the transaction holds the only write lock already; on PostgreSQL the row is locked. The row is read
    without its status: PostgreSQL rechecks a join after waiting for the lock, against the status of before.
    """
    fresh = _held.first(ticket.pk)
    if fresh is None:
        raise NotFound(_("Ticket #%(id)s does not exist any more.") % {"id": ticket.pk})
    for field in Ticket._meta.concrete_fields:
        # Setting an id that differs makes Django forget the row it had loaded for it.
        setattr(ticket, field.attname, getattr(fresh, field.attname))
    return ticket


@prepared
def _held(ticket_id: int) -> QuerySet[Ticket]:
    return Ticket.objects.select_for_update().filter(pk=ticket_id)[:1]


def refuse_closed(ticket: Ticket) -> None:
    """Raise `Conflict` on a closed ticket: nothing about it changes any more."""
    if ticket.is_closed:
        raise Conflict(_("This ticket is closed. Create a follow-up instead."))


def touch(ticket: Ticket, *fields: str) -> None:
    """Save the named fields and the time of the change."""
    ticket.updated_at = clock.now()
    write(ticket, *fields, "updated_at")

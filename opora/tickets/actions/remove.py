"""A ticket goes to the bin or to spam, and comes back."""

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.actions.suspend_person import suspend_person, unsuspend_person
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, touch
from opora.tickets.events import TicketDeleted, TicketMarkedSpam, TicketRestored
from opora.tickets.models import Ticket
from opora.tickets.policy import may_delete, may_mark_spam


def delete_ticket(ticket: Ticket, *, by: ActsAsActor) -> Ticket:
    """Put the ticket into the bin; it can be restored."""
    with update(by):
        lock_ticket(ticket)
        require(may_delete(by, ticket))
        if ticket.removed_at is None:
            _remove(ticket, Ticket.Removed.DELETED)
            record(TicketDeleted(), subject_id=ticket.pk, by=by)
    return ticket


def mark_spam(ticket: Ticket, *, by: ActsAsActor) -> Ticket:
    """Take the ticket for spam and suspend its requester, unless they work here."""
    with update(by):
        lock_ticket(ticket)
        require(may_mark_spam(by, ticket))
        if ticket.removed_at is None:
            _remove(ticket, Ticket.Removed.SPAM)
            record(TicketMarkedSpam(), subject_id=ticket.pk, by=by)
            if not ticket.requester.role_id:
                suspend_person(ticket.requester, by=by)
    return ticket


def restore_ticket(ticket: Ticket, *, by: ActsAsActor) -> Ticket:
    """Bring a deleted ticket or spam back; the requester of spam may write again."""
    with update(by):
        lock_ticket(ticket)
        require(
            may_mark_spam(by, ticket) if ticket.removed_as == Ticket.Removed.SPAM else may_delete(by, ticket)
        )
        if ticket.removed_at is not None and ticket.removed_as != Ticket.Removed.ERASED:
            was_spam = ticket.removed_as == Ticket.Removed.SPAM
            ticket.removed_at, ticket.removed_as = None, ""
            touch(ticket, "removed_at", "removed_as")
            record(TicketRestored(), subject_id=ticket.pk, by=by)
            if was_spam and not ticket.requester.role_id:
                unsuspend_person(ticket.requester, by=by)
    return ticket


def _remove(ticket: Ticket, how: Ticket.Removed) -> None:
    ticket.removed_at, ticket.removed_as = clock.now(), how
    touch(ticket, "removed_at", "removed_as")

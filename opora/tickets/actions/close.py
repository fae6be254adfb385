"""Solved tickets close after a while."""

from datetime import timedelta

from opora.core import clock
from opora.events.actor import TIMER
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, Ticket
from opora.tickets.queries import status_of

DAYS_UNTIL_CLOSED = 4


def close_solved_tickets(*, limit: int = 1000) -> int:
    """Close the tickets that have been solved for four days; returns how many."""
    before = clock.now() - timedelta(days=DAYS_UNTIL_CLOSED)
    due = (
        Ticket.objects.live().filter(category=Category.SOLVED, solved_at__lt=before).select_related("status")
    )
    tickets = list(due.order_by("solved_at", "id")[:limit])
    if not tickets:
        return 0
    closed = status_of(Category.CLOSED)
    for ticket in tickets:
        change_status(ticket, closed, by=TIMER)
    return len(tickets)

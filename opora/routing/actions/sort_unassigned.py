"""Tickets without an owner are looked at again, after queues or skills have changed."""

from django_tasks import task

from opora.routing.actions.admit_ticket import OUR_TURN, admit_ticket
from opora.routing.actions.distribute import distribute
from opora.tickets.models import Ticket


@task()
def sort_unassigned() -> int:
    """Admit every ticket that nobody has, then give away what can be given; returns how many were admitted."""
    admitted = admit_unassigned()
    distribute()
    return admitted


def admit_unassigned() -> int:
    """Let every ticket that nobody has wait in the queue that takes it now; returns how many do."""
    unowned = Ticket.objects.live().filter(assignee=None, category__in=OUR_TURN, merged_into=None)
    ids = list(unowned.order_by("id").values_list("pk", flat=True))
    return sum(_admit(ticket_id) for ticket_id in ids)


def _admit(ticket_id: int) -> bool:
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    return ticket is not None and admit_ticket(ticket) is not None

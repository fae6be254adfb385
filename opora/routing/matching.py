"""Whether a ticket meets the conditions of a queue or a requirement."""

import logging
from typing import Any

from opora.core.refusals import Invalid
from opora.events.actor import SYSTEM
from opora.routing.models import Queue
from opora.tickets.conditions import compile_conditions
from opora.tickets.models import Ticket

log = logging.getLogger("opora.routing")


def fits(ticket: Ticket, conditions: Any) -> bool:
    """Whether the conditions hold for the ticket now; those that cannot be read any more hold for nothing."""
    try:
        return Ticket.objects.filter(compile_conditions(conditions, by=SYSTEM), pk=ticket.pk).exists()
    except Invalid as problem:
        log.warning("Conditions %s cannot be read: %s", conditions, problem.sentence)
        return False


def queue_for(ticket: Ticket) -> Queue | None:
    """Return the first active queue whose conditions hold and that has people to ask."""
    queues = Queue.objects.filter(is_active=True, deleted_at=None)
    return next(
        (queue for queue in queues if (queue.group_id or ticket.group_id) and fits(ticket, queue.conditions)),
        None,
    )

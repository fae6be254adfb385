"""Whether a ticket meets the conditions of a queue or a requirement."""

import logging
from typing import Any

from opora.core import clock
from opora.core.refusals import Invalid
from opora.routing.models import Queue
from opora.tickets.conditions import Case, condition_fields, predicate_of
from opora.tickets.happened import Happened
from opora.tickets.models import Ticket
from opora.tickets.snapshot import snapshot_of

log = logging.getLogger("opora.routing")


class Seen:
    """A ticket as conditions see it: looked at once, asked many times."""

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self._fields = condition_fields()
        self._case = Case(snapshot_of(ticket), clock.now(), None, Happened())

    def fits(self, conditions: Any) -> bool:
        """Whether the conditions hold for the ticket; those that cannot be read any more hold for nothing."""
        try:
            return predicate_of(conditions, fields=self._fields)(self._case)
        except Invalid as problem:
            log.warning("Conditions %s cannot be read: %s", conditions, problem.sentence)
            return False


def queue_for(seen: Seen) -> Queue | None:
    """Return the first active queue whose conditions hold and that has people to ask."""
    queues = Queue.objects.filter(is_active=True, deleted_at=None).select_related("group")
    has_group = seen.ticket.group_id is not None
    return next(
        (queue for queue in queues if (queue.group_id or has_group) and seen.fits(queue.conditions)), None
    )

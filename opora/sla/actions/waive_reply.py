"""A colleague says that the customer's last words need no reply."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict, Invalid
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.sla.events import ReplyNotNeeded
from opora.sla.models import ClockRow
from opora.tickets.actions.lock import lock_ticket, refuse_closed
from opora.tickets.models import Ticket
from opora.tickets.policy import may_reply

REPLIES = ("first_reply", "next_reply")


def waive_reply(ticket: Ticket, reason: str, *, by: ActsAsActor) -> Ticket:
    """End the open reply clocks of the ticket without an outcome (S10). Raises `Conflict` if none is open."""
    with update(by):
        lock_ticket(ticket)
        refuse_closed(ticket)
        require(may_reply(by, ticket))
        reason = one_line(reason, limit=200)
        if not reason:
            raise Invalid(_("Say why no reply is needed; samples of quality look at it."), field="reason")
        open_clocks = ClockRow.objects.filter(
            ticket=ticket, metric__in=REPLIES, state__in=("running", "paused")
        )
        if not open_clocks.exists():
            raise Conflict(_("Nobody waits for a reply on this ticket."))
        record(ReplyNotNeeded(reason=reason), subject_id=ticket.pk, by=by)
    return ticket

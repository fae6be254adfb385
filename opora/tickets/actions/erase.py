"""What a deleted ticket said is removed for good."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, touch
from opora.tickets.events import TicketErased
from opora.tickets.models import Ticket
from opora.tickets.policy import may_delete

SCRUBBED = "SCRUBBED"


def erase_ticket(ticket: Ticket, *, by: ActsAsActor) -> Ticket:
    """Empty a ticket of the bin: no conversation, subject, tags or values. Its number stays taken, for the log speaks of it."""
    with update(by):
        lock_ticket(ticket)
        require(may_delete(by, ticket))
        if ticket.removed_at is None:
            sentence = _("Delete ticket #%(id)s first; what is in the bin can be removed for good.")
            raise Conflict(sentence % {"id": ticket.pk})
        for belonging in (ticket.comments, ticket.tag_marks, ticket.field_values, ticket.collaborations):
            belonging.all().delete()
        ticket.subject, ticket.external_id, ticket.removed_as = SCRUBBED, "", Ticket.Removed.ERASED
        touch(ticket, "subject", "external_id", "removed_as")
        record(TicketErased(), subject_id=ticket.pk, by=by)
    return ticket

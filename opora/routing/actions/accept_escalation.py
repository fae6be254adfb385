"""The receiving group takes an escalation."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import SYSTEM
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import may, require
from opora.routing.escalating import escalation_fact, hold_escalation, refuse_over
from opora.routing.events import EscalationAccepted
from opora.routing.models import Escalation
from opora.routing.policy import may_answer_escalation
from opora.tickets.actions.assign import assign_ticket


def accept_escalation(escalation: Escalation, *, by: Person) -> Escalation:
    """Take the escalation; a ticket that the group took over becomes that of whoever accepts, if they may answer it."""
    with update(by):
        escalation = hold_escalation(escalation)
        require(may_answer_escalation(by, escalation))
        refuse_over(escalation)
        if escalation.state == Escalation.State.ACCEPTED:
            raise Conflict(_("%(name)s has accepted this already.") % {"name": escalation.accepted_by})
        mark_accepted(escalation, by=by)
        if escalation.takes_over and escalation.to_group_id in by.group_ids and may(by, "tickets.reply"):
            assign_ticket(escalation.ticket, by=SYSTEM, group=escalation.to_group, assignee=by)
    return escalation


def mark_accepted(escalation: Escalation, *, by: Person) -> None:
    """Write who accepted it and when, and record it; the escalation is held."""
    escalation.state = Escalation.State.ACCEPTED
    escalation.accepted_by, escalation.accepted_at = by, clock.now()
    escalation.save(update_fields=["state", "accepted_by", "accepted_at"])
    fact = escalation_fact(EscalationAccepted, escalation, by_id=by.pk)
    record(fact, subject_id=escalation.ticket_id, by=by)

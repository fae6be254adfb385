"""The sender needs the other group no longer."""

from opora.core import clock
from opora.events.actor import SYSTEM, ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.routing.actions.hand_back import mark_handed_back
from opora.routing.escalating import escalation_fact, give_back, hold_escalation, refuse_over
from opora.routing.events import EscalationWithdrawn
from opora.routing.models import Escalation
from opora.routing.policy import may_withdraw


def withdraw_escalation(escalation: Escalation, *, by: Person) -> Escalation:
    """Take the escalation back; a ticket that the group took over returns to its sender."""
    with update(by):
        escalation = hold_escalation(escalation)
        require(may_withdraw(by, escalation))
        refuse_over(escalation)
        _mark_withdrawn(escalation, by=by)
        give_back(escalation)
    return escalation


def end_with_ticket(ticket_id: int) -> int:
    """End the escalations of a ticket that is solved or gone; returns how many ended.

    Solved by a group that had accepted it, the ticket itself is the answer; otherwise nobody needs one any more.
    """
    under_way = Escalation.objects.filter(ticket_id=ticket_id, state__in=Escalation.UNDER_WAY)
    ended = 0
    for found in under_way.select_related("ticket", "opened_by"):
        with update(SYSTEM, via="rule"):
            escalation = hold_escalation(found)
            if not escalation.is_under_way:
                continue
            if escalation.state == Escalation.State.ACCEPTED and escalation.takes_over:
                mark_handed_back(escalation, by=None)
            else:
                _mark_withdrawn(escalation, by=SYSTEM)
            ended += 1
    return ended


def _mark_withdrawn(escalation: Escalation, *, by: ActsAsActor) -> None:
    person = by if isinstance(by, Person) else None
    escalation.state = Escalation.State.WITHDRAWN
    escalation.closed_by, escalation.closed_at = person, clock.now()
    escalation.save(update_fields=["state", "closed_by", "closed_at"])
    fact = escalation_fact(EscalationWithdrawn, escalation, by_id=person.pk if person else None)
    record(fact, subject_id=escalation.ticket_id, by=by)

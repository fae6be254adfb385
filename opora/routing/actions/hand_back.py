"""The receiving group has done its part."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.routing.actions.accept_escalation import mark_accepted
from opora.routing.escalating import add_words, escalation_fact, give_back, hold_escalation, refuse_over
from opora.routing.events import EscalationHandedBack
from opora.routing.models import Escalation
from opora.routing.policy import may_answer_escalation


def hand_back(escalation: Escalation, *, by: Person, answer: str) -> Escalation:
    """Answer the escalation and give the ticket back to who sent it. Whoever answers at once has accepted by that."""
    with update(by):
        escalation = hold_escalation(escalation)
        require(may_answer_escalation(by, escalation))
        refuse_over(escalation)
        if not answer.strip():
            raise Invalid(_("Write the answer for the sender."), field="answer")
        if escalation.state == Escalation.State.OPEN:
            mark_accepted(escalation, by=by)
        escalation.answer = answer.strip()
        add_words(escalation, _("%(group)s answers") % {"group": escalation.to_group}, answer, by=by)
        mark_handed_back(escalation, by=by)
        give_back(escalation)
    return escalation


def mark_handed_back(escalation: Escalation, *, by: Person | None) -> None:
    """Write the end of the escalation and record it; it is held."""
    escalation.state = Escalation.State.HANDED_BACK
    escalation.closed_by, escalation.closed_at = by, clock.now()
    escalation.save(update_fields=["state", "answer", "closed_by", "closed_at"])
    fact = escalation_fact(
        EscalationHandedBack, escalation, by_id=by.pk if by else None, answer=escalation.answer
    )
    record(fact, subject_id=escalation.ticket_id, by=by or escalation.opened_by)

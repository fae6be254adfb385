"""The receiving group sends an escalation back unaccepted."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.routing.escalating import add_words, escalation_fact, give_back, hold_escalation, refuse_over
from opora.routing.events import EscalationRejected
from opora.routing.models import Escalation
from opora.routing.policy import may_answer_escalation

NEEDS_WORDS = (Escalation.Refusal.INCOMPLETE, Escalation.Refusal.OTHER)


def reject_escalation(
    escalation: Escalation, *, by: Person, refusal: Escalation.Refusal, words: str = ""
) -> Escalation:
    """Reject the escalation and give the ticket back to who sent it. Says what is missing, or why otherwise.

    What was accepted is handed back, not rejected: raises `Conflict`.
    """
    with update(by):
        escalation = hold_escalation(escalation)
        require(may_answer_escalation(by, escalation))
        refuse_over(escalation)
        if escalation.state == Escalation.State.ACCEPTED:
            raise Conflict(_("It is accepted already. Hand it back with an answer instead."))
        if refusal in NEEDS_WORDS and not words.strip():
            raise Invalid(_("Say what is missing or why, so that the sender can go on."), field="words")
        escalation.state, escalation.refusal = Escalation.State.REJECTED, refusal
        escalation.answer, escalation.closed_by, escalation.closed_at = words.strip(), by, clock.now()
        escalation.save(update_fields=["state", "refusal", "answer", "closed_by", "closed_at"])
        title = _("%(group)s rejected the escalation: %(why)s") % {
            "group": escalation.to_group,
            "why": refusal.label,
        }
        add_words(escalation, title, words, by=by)
        fact = escalation_fact(
            EscalationRejected, escalation, by_id=by.pk, refusal=refusal.value, answer=escalation.answer
        )
        record(fact, subject_id=escalation.ticket_id, by=by)
        give_back(escalation)
    return escalation

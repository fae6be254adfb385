"""What all steps of an escalation share."""

from typing import Any, TypeVar

from django.utils.translation import gettext as _

from opora.core.html import text_to_html
from opora.core.refusals import Conflict
from opora.events.actor import SYSTEM
from opora.people.models import Person
from opora.routing.events.escalation import EscalationFact
from opora.routing.models import Escalation, Line
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.lock import lock_ticket

Made = TypeVar("Made", bound=EscalationFact)


def hold_escalation(escalation: Escalation) -> Escalation:
    """Return the escalation as it is now, with its ticket locked until the transaction ends: ticket first, always."""
    lock_ticket(escalation.ticket)
    found = Escalation.objects.select_for_update(of=("self",)).select_related(
        "to_group", "from_group", "from_person"
    )
    fresh = found.get(pk=escalation.pk)
    fresh.ticket = escalation.ticket
    return fresh


def refuse_over(escalation: Escalation) -> None:
    """Raise `Conflict` when the escalation has ended, saying how."""
    if not escalation.is_under_way:
        state = escalation.get_state_display()
        raise Conflict(_("This escalation is over: %(state)s.") % {"state": state.lower()})


def escalation_fact(cls: type[Made], escalation: Escalation, **more: Any) -> Made:
    """Return a fact of the escalation with whose it was, whose it is asked to be, and its times."""
    tier = Line.objects.filter(group_id=escalation.to_group_id).values_list("tier", flat=True).first()
    return cls(
        escalation_id=escalation.pk,
        from_group_id=escalation.from_group_id,
        from_group_name=escalation.from_group.name if escalation.from_group else "",
        from_person_id=escalation.from_person_id,
        to_group_id=escalation.to_group_id,
        to_group_name=escalation.to_group.name,
        tier=tier,
        takes_over=escalation.takes_over,
        opened_at=escalation.opened_at,
        accepted_at=escalation.accepted_at,
        **more,
    )


def add_words(escalation: Escalation, title: str, words: str, *, by: Person) -> None:
    """Add what the receiving group says as an internal note of the ticket."""
    html = f"{text_to_html(f'{title}:')}{text_to_html(words)}"
    if not escalation.ticket.is_closed:
        add_comment(escalation.ticket, NewComment(html=html, author=by, is_public=False), by=SYSTEM)


def give_back(escalation: Escalation) -> None:
    """Return a ticket that the group took over to the group and the person it came from, if they still work here."""
    ticket = escalation.ticket
    if not escalation.takes_over or ticket.is_closed or ticket.group_id != escalation.to_group_id:
        return
    sender = escalation.from_person
    assignee = sender if sender and sender.is_colleague else None
    # The receiving group may be light agents, who give tickets to nobody; this is the escalation's own step.
    assign_ticket(ticket, by=SYSTEM, group=escalation.from_group, assignee=assignee)

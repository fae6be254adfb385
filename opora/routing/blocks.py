"""What routing shows on the page of a ticket."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from opora.core.prepared import prepared
from opora.people.models import Person
from opora.routing.escalations import escalations_of
from opora.routing.models import Escalation, Waiting
from opora.routing.policy import may_answer_escalation, may_withdraw
from opora.tickets.blocks import ticket_block
from opora.tickets.models import Ticket

NOTHING = SafeString("")


@dataclass(frozen=True)
class Row:
    """An escalation under way and what the reader may do with it."""

    escalation: Escalation
    may_answer: bool
    may_withdraw: bool


@prepared
def _under_way_on(ticket_id: int) -> QuerySet[Escalation]:
    under_way = Escalation.objects.filter(ticket_id=ticket_id, state__in=Escalation.UNDER_WAY)
    return under_way.select_related("to_group", "accepted_by", "opened_by").order_by("id")


@prepared
def _waiting_of(ticket_id: int) -> QuerySet[Waiting]:
    return Waiting.objects.select_related("queue").filter(pk=ticket_id)[:1]


@ticket_block("head")
def escalations_under_way(ticket: Ticket, reader: Person) -> SafeString:
    """Draw whom the ticket was escalated to, with the steps that the reader may take."""
    found = _under_way_on(ticket.pk)
    if not found:
        return NOTHING
    for escalation in found:
        escalation.ticket = ticket
    rows = [Row(row, may_answer_escalation(reader, row), may_withdraw(reader, row)) for row in found]
    return render_to_string("routing/_escalation_line.html", {"rows": rows})


@ticket_block("head")
def place_in_queue(ticket: Ticket, reader: Person) -> SafeString:
    """Draw which queue a ticket without an owner waits in."""
    if ticket.assignee_id is not None:
        return NOTHING
    waiting = _waiting_of.first(ticket.pk)
    if waiting is None:
        return NOTHING
    return render_to_string("routing/_queue_line.html", {"waiting": waiting, "ticket": ticket})


@ticket_block("context")
def escalations_block(ticket: Ticket, reader: Person) -> SafeString:
    """Draw all escalations of the ticket: what was asked, what was answered."""
    found = escalations_of(ticket)
    return render_to_string("routing/_escalation_block.html", {"escalations": found}) if found else NOTHING

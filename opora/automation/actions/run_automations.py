"""Automations look at all tickets every few minutes; each fires once on a ticket while its conditions hold."""

from django.db import transaction

from opora.automation.actions.fire import fire
from opora.automation.models import Holding, Rule
from opora.automation.rulebook import ReadyRule, rules_in_use
from opora.core import clock
from opora.core.conditions import to_q
from opora.tickets.conditions import Case
from opora.tickets.models import Category, Ticket
from opora.tickets.models.ticket import TicketQuerySet
from opora.tickets.snapshot import snapshot_of

MOST_A_RUN = 300
"""Tickets that one automation acts on in one run; the rest follows in the next."""


def run_automations(*, limit: int = MOST_A_RUN) -> int:
    """Let the automations look, in their order; returns how often one fired."""
    return sum(_run(ready, limit) for ready in rules_in_use(Rule.Kind.AUTOMATION))


def due_tickets(ready: ReadyRule) -> TicketQuerySet:
    """Return the tickets whose conditions hold and that the automation has not acted on since they do."""
    return _matching(ready).exclude(pk__in=Holding.objects.filter(rule=ready.rule).values("ticket_id"))


def _run(ready: ReadyRule, limit: int) -> int:
    ceased = Holding.objects.filter(rule=ready.rule).exclude(ticket_id__in=_matching(ready).values("pk"))
    ceased.delete()
    due = due_tickets(ready).select_related("status", "requester", "brand").order_by("pk")
    return sum(_act(ready, ticket) for ticket in due[:limit])


def _matching(ready: ReadyRule) -> TicketQuerySet:
    open_still = Ticket.objects.live().filter(category__lt=Category.CLOSED)
    return open_still.filter(to_q(ready.tree, by=ready.rule))


def _act(ready: ReadyRule, ticket: Ticket) -> bool:
    """Act on one ticket in a transaction of its own, if it still fits and no other worker was first."""
    with transaction.atomic():
        locked = Ticket.objects.select_for_update().filter(pk=ticket.pk).first()
        if locked is None:
            return False
        _holding, is_new = Holding.objects.get_or_create(rule=ready.rule, ticket=locked)
        case = Case(snapshot_of(locked), clock.now(), ready.rule)
        return is_new and ready.holds(case) and bool(fire(ready, ticket, case, cause=None))

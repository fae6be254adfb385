"""Why a rule fired on a ticket, or why it does not."""

from opora.automation.models import Rule
from opora.automation.rulebook import ready
from opora.core import clock
from opora.core.conditions import Verdict, evaluate
from opora.events.models import Event
from opora.events.registry import FACTS
from opora.tickets.conditions import Case
from opora.tickets.events import StatusMoved, TicketAssigned, TicketChanged, TicketCommented, TicketCreated
from opora.tickets.happened import Happened, happened_in
from opora.tickets.models import Ticket
from opora.tickets.snapshot import snapshot_of

LOOKED_AT = (TicketCreated, TicketCommented, StatusMoved, TicketAssigned, TicketChanged)


def verdict_on(rule: Rule, ticket: Ticket) -> Verdict:
    """Return what comes of each condition on the ticket as it is now, after its last update that was not a rule's."""
    happened = last_update(ticket) if rule.kind == Rule.Kind.TRIGGER else Happened()
    case = Case(snapshot_of(ticket), clock.now(), None, happened)
    return evaluate(ready(rule).tree, case)


def last_update(ticket: Ticket) -> Happened:
    """Return what the newest update of the ticket did; an update by a rule is left out, for rules follow others."""
    kinds = [kind for kind, fact in FACTS.items() if issubclass(fact, LOOKED_AT)]
    about = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, kind__in=kinds)
    newest = about.exclude(actor_kind="rule").order_by("-id").first()
    if newest is None:
        return Happened()
    return happened_in(about.filter(update_id=newest.update_id).order_by("id"), ticket.pk)

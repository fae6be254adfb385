"""Triggers look at each update of a ticket, in order, as the last step of its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import QuerySet

from opora.automation.actions.fire import fire
from opora.automation.models import Rule
from opora.automation.rulebook import ReadyRule, rules_in_use
from opora.core import clock
from opora.core.prepared import prepared
from opora.events.actor import ActsAsActor
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.events.recording import Update, at_the_end_of_an_update
from opora.events.registry import FACTS
from opora.people.models import Person
from opora.tickets.conditions import Case
from opora.tickets.events import (
    CollaboratorsChanged,
    StatusMoved,
    TicketAssigned,
    TicketChanged,
    TicketCommented,
    TicketCreated,
    TicketRated,
)
from opora.tickets.happened import happened_in
from opora.tickets.models import Ticket
from opora.tickets.snapshot import renewed, role_word, snapshot_of

UPDATES = (
    TicketCreated, TicketCommented, StatusMoved, TicketAssigned, TicketChanged, CollaboratorsChanged, TicketRated,
)  # fmt: skip
"""What triggers look at. That a mail left, a rule fired or somebody looked is no update of the ticket."""
SILENT = frozenset({"import", "setup"})
"""Doors through which what comes sets nothing off."""

_running: ContextVar[bool] = ContextVar("opora_triggers_running", default=False)


@at_the_end_of_an_update
def run_triggers(made: Update) -> None:
    """Let the triggers look at each ticket that this update touched.

    A trigger that fires changes the ticket in an update of its own, caused by this one; the others then look again,
    from the top. Each fires at most once for one update, so this ends, however they are written.
    """
    if _running.get() or made.via in SILENT:
        return
    ids = tickets_touched(made.events)
    if not ids:
        return
    triggers = rules_in_use(Rule.Kind.TRIGGER)
    if not triggers:
        return
    with _alone():
        # Alone: what a rule that fires needs beside the ticket is read then, and most do not fire.
        for ticket in _tickets(ids):
            _look(ticket, made, triggers)


@prepared
def _tickets(ids: list[int]) -> QuerySet[Ticket]:
    return Ticket.objects.filter(pk__in=ids).order_by("pk")


def tickets_touched(events: list[Event]) -> list[int]:
    """Return the ids of the tickets that the events updated, each once."""
    return list(dict.fromkeys(event.subject_id for event in events if is_update(event)))


def is_update(event: Event) -> bool:
    return event.subject_kind == "ticket" and issubclass(FACTS[event.kind], UPDATES)


def _look(ticket: Ticket, made: Update, triggers: list[ReadyRule]) -> None:
    fired: set[int] = set()
    happened = happened_in(made.events, ticket.pk, role=_role(made))
    case = Case(snapshot_of(ticket), clock.now(), _acting(made), happened)
    position = 0
    while position < len(triggers) and not (ticket.is_closed or ticket.removed_at):
        ready = triggers[position]
        position += 1
        if ready.rule.pk in fired or not ready.holds(case):
            continue
        fired.add(ready.rule.pk)
        events = fire(ready, ticket, case, cause=made.events[-1], comment_id=_comment_id(made, ticket))
        changes = happened_in(events, ticket.pk, role="rule").changes
        if changes:
            happened = happened.then(changes)
            facts = [fact_of(event) for event in events if is_update(event)]
            case = case._replace(
                ticket=renewed(case.ticket, ticket, facts), at=clock.now(), happened=happened
            )
            position = 0


def _acting(made: Update) -> ActsAsActor:
    """The person who acts, for “current user” and their groups; asked for only where the update did not have them."""
    actor = made.actor
    if actor.kind != "agent" or not actor.id:
        return actor
    return made.by if isinstance(made.by, Person) else Person.objects.filter(pk=actor.id).first() or actor


def _role(made: Update) -> str | None:
    """The role of a colleague who acts, when it is at hand."""
    return role_word(made.by.role.kind) if isinstance(made.by, Person) and made.by.role else None


def _comment_id(made: Update, ticket: Ticket) -> int | None:
    for event in made.events:
        if event.subject_id == ticket.pk and event.kind == TicketCommented.kind:
            fact = fact_of(event)
            return fact.comment_id if isinstance(fact, TicketCommented) else None
    return None


@contextmanager
def _alone() -> Iterator[None]:
    """The updates that triggers make are looked at here, not as updates of their own."""
    token = _running.set(True)
    try:
        yield
    finally:
        _running.reset(token)

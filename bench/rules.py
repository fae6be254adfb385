"""What rules cost: an update looked at by a hundred triggers, none of which fires, and by a hundred of which five do."""

from collections.abc import Callable
from typing import Any

from opora.automation.actions.save_rule import save_rule
from opora.automation.models import Rule
from opora.core import clock
from opora.events.actor import SYSTEM
from opora.people.models import Person
from opora.tickets.actions.change import change_ticket
from opora.tickets.conditions import Case, predicate_of
from opora.tickets.models import Category, Ticket
from opora.tickets.snapshot import snapshots_of

WORDS = ["refund", "замовлення", "chargeback", "доставка", "invoice"]


def triggers(count: int, *, firing: int = 0) -> list[Rule]:
    """Make so many triggers of four conditions each; `firing` of them fire on every change of priority."""
    return [_trigger(number, fires=number < firing) for number in range(count)]


def update_work(person: Person, *, rounds: int) -> Callable[[], Any]:
    """Return what changes the priority of one open ticket after another."""
    tickets = list(Ticket.objects.live().filter(category=Category.OPEN).order_by("-id")[: rounds + 5])
    places = iter(range(10**9))

    def change() -> None:
        place = next(places)
        ticket = tickets[place % len(tickets)]
        change_ticket(ticket, by=person, priority=1 + ((ticket.priority or 0) + place) % 4)

    return change


def judgements() -> Callable[[], Any]:
    """Return what judges a thousand tickets by one tree, as a what-if does."""
    holds = predicate_of(_conditions(3, fires=True))
    found = snapshots_of(Ticket.objects.order_by("-id")[:1000])
    now = clock.now()
    cases = [Case(ticket, now) for ticket in found.values()]
    return lambda: sum(holds(case) for case in cases)


def _trigger(number: int, *, fires: bool) -> Rule:
    steps = [{"field": "add_tags", "value": [f"bench{number}"]}]
    return save_rule(
        by=SYSTEM, title=f"Bench {number}", conditions=_conditions(number, fires=fires), steps=steps
    )


def _conditions(number: int, *, fires: bool) -> dict[str, Any]:
    last = {"field": "priority", "operator": "changed", "value": ""}
    never = {"field": "subject", "operator": "includes_words", "value": f"{WORDS[number % 5]}{number}never"}
    return {
        "all": [
            {"field": "status", "operator": "less_than", "value": "solved"},
            {"field": "tags", "operator": "not_includes", "value": [f"off{number}", "spam"]},
            {"field": "hours_created", "operator": "greater_than", "value": 0},
            last if fires else never,
        ]
    }

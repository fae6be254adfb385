"""How the fields of tickets find their values."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from django.db.models import Model

from opora.core.conditions.field import Change, Choices
from opora.people.models import Person
from opora.tickets.conditions.case import Case
from opora.tickets.models import Category, Priority, TicketType


def of_ticket(name: str) -> Callable[[Case], Any]:
    """Return the reader of a value of the snapshot."""
    return attrgetter(f"ticket.{name}")


def changed(name: str, present: str) -> Callable[[Case], Change | None]:
    """Return the reader of what an update did to the property; `present` is its name in the snapshot."""
    value = of_ticket(present)
    return lambda case: case.happened.change(name, value(case))


def words(members: type[Category] | type[Priority] | type[TicketType]) -> Callable[[], Choices]:
    """Return the words of a property with their labels."""
    return lambda: [(member.name.lower(), str(member.label)) for member in members]


def numbers(members: type[Category] | type[Priority] | type[TicketType]) -> dict[str, int]:
    return {member.name.lower(): int(member.value) for member in members}


def rows(model: Any, **only: Any) -> Callable[[], Choices]:
    """Return the rows that can be chosen, a thousand at most."""

    def choices() -> Choices:
        found = (
            model.objects.colleagues().order_by("name") if model is Person else model.objects.filter(**only)
        )
        return [(str(row.pk), str(row)) for row in found[:1000]]

    return choices


def name_in(model: type[Model]) -> Callable[[int], str]:
    """Return what says how a row is called, also one that is no longer offered."""

    def name(row_id: int) -> str:
        row = model._default_manager.filter(pk=row_id).first()
        return str(row) if row else f"#{row_id}"

    return name

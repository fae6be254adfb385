"""Whose capacity is how much: their own rule, else their role's, else the desk's."""

from collections.abc import Iterable

from opora.people.models import Person
from opora.routing.channels import MAIL, WAYS
from opora.routing.models import ORDINARY, Capacity

OF_DESK = {MAIL: 10}
"""Ordinary tickets at once until the desk says otherwise; ways of working without a number get nothing."""


def desk_capacity() -> Capacity:
    """Return the rule of the whole desk, unsaved until somebody changes it."""
    found = Capacity.objects.filter(person=None, role=None).order_by("pk").first()
    return found or Capacity(**OF_DESK)


def capacities_of(people: Iterable[Person]) -> dict[int, dict[str, int]]:
    """Return capacities in hundredths by person and way of working, in one query."""
    rules = list(Capacity.objects.all())
    of_person = {rule.person_id: rule for rule in rules if rule.person_id}
    of_role = {rule.role_id: rule for rule in rules if rule.role_id}
    of_desk = next((rule for rule in rules if not rule.person_id and not rule.role_id), Capacity(**OF_DESK))
    return {
        person.pk: _settle((of_person.get(person.pk), of_role.get(person.role_id or 0), of_desk))
        for person in people
    }


def ways_in_use() -> list[str]:
    """Return the ways of working that anybody has a capacity for."""
    rules = [*Capacity.objects.all(), desk_capacity()]
    return [way for way in WAYS if any(getattr(rule, way) for rule in rules)]


def _settle(rules: Iterable[Capacity | None]) -> dict[str, int]:
    settled: dict[str, int] = {}
    for rule in rules:
        for way in WAYS if rule else ():
            tickets = getattr(rule, way)
            if tickets is not None:
                settled.setdefault(way, tickets * ORDINARY)
    return settled

"""Which fields of a form are there and which must be filled in, depending on what other fields hold.

A rule says: while field `parent` holds `value`, field `child` is there, and must be filled in while the ticket is in
one of the statuses of `required_in`. A field that is no rule's child is always there. A child is there when one of its
rules holds and the parent of that rule is there itself, so that whole branches fold away together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from opora.tickets.models import TicketField, TicketForm

Audience = Literal["agents", "customers"]
Values = Mapping[int, Sequence[str]]
STATUSES = ("new", "open", "pending", "hold", "solved")
PARENTS = (TicketField.Type.CHECKBOX, TicketField.Type.DROPDOWN, TicketField.Type.MULTISELECT)
"""Kinds of fields that others can depend on: those that hold one of few values."""
CHECKED, UNCHECKED = "true", "false"


@dataclass(frozen=True)
class FieldRule:
    """One dependence of a field on another; ids of custom fields, `required_in` words of statuses."""

    parent: int
    value: str
    child: int
    required_in: tuple[str, ...] = ()

    def holds(self, values: Values) -> bool:
        """Whether the parent holds the value; a checkbox that was never touched holds "false"."""
        held = values.get(self.parent, ())
        return self.value in held or (self.value == UNCHECKED and not held)


def rules_of(form: TicketForm | None, audience: Audience) -> list[FieldRule]:
    """Return the rules of a form for those who work with it."""
    if form is None:
        return []
    kept = form.agent_rules if audience == "agents" else form.customer_rules
    return [read_rule(one) for one in kept]


def read_rule(one: Mapping[str, Any]) -> FieldRule:
    return FieldRule(one["parent"], one["value"], one["child"], tuple(one.get("required_in", ())))


def kept_rules(rules: Iterable[FieldRule]) -> list[dict[str, Any]]:
    """Return the rules as a form keeps them."""
    return [asdict(rule) | {"required_in": list(rule.required_in)} for rule in rules]


def fields_there(fields: Collection[int], rules: Sequence[FieldRule], values: Values) -> set[int]:
    """Return those of the form's fields that are there: the least set that the rules allow."""
    children = {rule.child for rule in rules}
    there = {field for field in fields if field not in children}
    while True:
        opened = {
            rule.child
            for rule in rules
            if rule.parent in there and rule.child in fields and rule.holds(values)
        }
        if opened <= there:
            return there
        there |= opened


def required_fields(
    fields: Sequence[TicketField], rules: Sequence[FieldRule], values: Values, *, status: str
) -> set[int]:
    """Return the ids of the fields that must be filled in while the ticket is in a status.

    Of a field that depends on others the rules decide; of any other its own setting, which is about solving.
    """
    there = fields_there([field.pk for field in fields], rules, values)
    holding = [rule for rule in rules if rule.parent in there and rule.holds(values)]
    asked = {rule.child for rule in holding if status in rule.required_in}
    children = {rule.child for rule in rules}
    own = {field.pk for field in fields if field.is_required_to_solve and field.pk not in children}
    return there & (asked | (own if status == "solved" else set()))


def is_circular(rules: Sequence[FieldRule]) -> bool:
    """Whether some field depends on itself, through others or not."""
    parents: dict[int, set[int]] = {}
    for rule in rules:
        parents.setdefault(rule.child, set()).add(rule.parent)
    return any(_reaches(field, field, parents, set()) for field in parents)


def _reaches(start: int, goal: int, parents: Mapping[int, set[int]], seen: set[int]) -> bool:
    for parent in parents.get(start, ()):
        if parent == goal:
            return True
        if parent not in seen:
            seen.add(parent)
            if _reaches(parent, goal, parents, seen):
                return True
    return False

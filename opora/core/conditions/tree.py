"""Reading a tree of conditions: what was written becomes fields, operators and operands, or a sentence of refusal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opora.core.conditions.field import ConditionField, Fields
from opora.core.conditions.operators import operator_label
from opora.core.refusals import Invalid

MOST_CONDITIONS = 60


@dataclass(frozen=True)
class Condition:
    """One row: a field, how it is compared, the value as it was written and as the field understood it."""

    field: ConditionField
    operator: str
    value: Any
    operand: Any


@dataclass(frozen=True)
class Tree:
    """What must hold all together, and of what at least one must hold."""

    every: tuple[Condition, ...] = ()
    some: tuple[Condition, ...] = ()

    def __iter__(self) -> Iterator[Condition]:
        yield from self.every
        yield from self.some


def read_tree(written: Any, fields: Fields) -> Tree:
    """Return the tree with its fields. Raises `Invalid` with a sentence for what cannot be understood."""
    if not isinstance(written, dict) or set(written) - {"all", "any"}:
        raise Invalid(_("Conditions are written as {“all”: […], “any”: […]}."), field="conditions")
    every, some = written.get("all") or [], written.get("any") or []
    if not isinstance(every, list) or not isinstance(some, list) or len(every) + len(some) > MOST_CONDITIONS:
        raise Invalid(_("There can be at most 60 conditions."), field="conditions")
    return Tree(
        tuple(read_condition(row, fields) for row in every),
        tuple(read_condition(row, fields) for row in some),
    )


def read_condition(written: Any, fields: Fields) -> Condition:
    """Return one row with its field. Raises `Invalid` with a sentence for what cannot be understood."""
    if not isinstance(written, dict) or not isinstance(written.get("field"), str):
        raise Invalid(_("A condition needs a field, an operator and a value."), field="conditions")
    asked = fields.get(written["field"])
    if asked is None:
        raise Invalid(
            _("There is no field “%(name)s”.") % {"name": written["field"][:60]}, field="conditions"
        )
    operator = asked.canonical(str(written.get("operator")))
    if operator not in asked.operators:
        sentence = _("“%(field)s” cannot be compared by “%(operator)s”.")
        label = operator_label(asked.kind, operator)[:40]
        raise Invalid(sentence % {"field": asked.title, "operator": label}, field="conditions")
    value = written.get("value")
    return Condition(asked, operator, value, asked.operand(operator, value))


def as_json(tree: Tree) -> dict[str, list[dict[str, Any]]]:
    """Return the tree as it is kept: fields and operators by the names of this house, however they were written."""
    return {"all": [_plain(row) for row in tree.every], "any": [_plain(row) for row in tree.some]}


def _plain(condition: Condition) -> dict[str, Any]:
    return {"field": condition.field.name, "operator": condition.operator, "value": condition.value}

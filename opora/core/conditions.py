"""One language of conditions: `{"all": [{"field", "operator", "value"}], "any": [...]}`, compiled to SQL.

The engine knows no tickets: a domain registers its fields, each with the operators that make sense for it and the
way to a `Q`. All of "all" must hold, and, if there is any, at least one of "any".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

Compiler = Callable[[str, Any, Any], Q]
MOST_CONDITIONS = 60


@dataclass(frozen=True)
class ConditionField:
    """A property that conditions can ask about.

    `kind` tells the editor which control to show: choice, person, tags, text, number, date or flag.
    """

    name: str
    title: str | Promise
    kind: str
    operators: Sequence[str]
    to_q: Compiler
    choices: Callable[[], Sequence[tuple[Any, Any]]] = field(default=lambda: ())


Fields = Mapping[str, ConditionField]


def compile_tree(tree: Any, fields: Fields, *, by: Any) -> Q:
    """Return the conditions as a `Q`. Raises `Invalid` with a sentence for what cannot be understood."""
    if not isinstance(tree, dict) or set(tree) - {"all", "any"}:
        raise Invalid(_("Conditions are written as {“all”: […], “any”: […]}."), field="conditions")
    every, some = tree.get("all") or [], tree.get("any") or []
    if not isinstance(every, list) or not isinstance(some, list) or len(every) + len(some) > MOST_CONDITIONS:
        raise Invalid(_("A view takes at most 60 conditions."), field="conditions")
    combined = Q()
    for condition in every:
        combined &= _compile_one(condition, fields, by)
    alternatives = Q()
    for condition in some:
        alternatives |= _compile_one(condition, fields, by)
    return combined & alternatives


def _compile_one(condition: Any, fields: Fields, by: Any) -> Q:
    if not isinstance(condition, dict) or not isinstance(condition.get("field"), str):
        raise Invalid(_("A condition needs a field, an operator and a value."), field="conditions")
    asked = fields.get(condition["field"])
    if asked is None:
        raise Invalid(
            _("There is no field “%(name)s”.") % {"name": condition["field"][:60]}, field="conditions"
        )
    operator = str(condition.get("operator"))
    if operator not in asked.operators:
        sentence = _("“%(field)s” cannot be compared by “%(operator)s”.")
        raise Invalid(sentence % {"field": asked.title, "operator": operator[:40]}, field="conditions")
    return asked.to_q(operator, condition.get("value"), by)

"""A tree becomes SQL."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opora.core.conditions.operators import OF_UPDATES
from opora.core.conditions.tree import Condition, Tree
from opora.core.refusals import Invalid


def to_q(tree: Tree, *, by: Any) -> Q:
    """Return the conditions as a `Q`; `by` is who looks, for “whoever looks” and the like.

    Raises `Invalid` for a condition that needs an update to look at, such as “changed”: a list has none.
    """
    combined = Q()
    for condition in tree.every:
        combined &= _one(condition, by)
    alternatives = Q()
    for condition in tree.some:
        alternatives |= _one(condition, by)
    return combined & alternatives


def is_of_update(condition: Condition) -> bool:
    """Whether the condition asks about an update rather than about the state of something."""
    return condition.operator in OF_UPDATES or condition.field.where is None


def _one(condition: Condition, by: Any) -> Q:
    if is_of_update(condition):
        sentence = _("“%(field)s” can be asked so in triggers only, where there is an update to look at.")
        raise Invalid(sentence % {"field": condition.field.title}, field="conditions")
    return condition.field.to_q(condition.operator, condition.operand, by)

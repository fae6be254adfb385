"""One of a few words: a status, a priority, a type, a channel."""

import operator as compare
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opora.core.conditions.field import Choices, ConditionField
from opora.core.conditions.kinds.values import NOTHING, quoted
from opora.core.refusals import Invalid

FILLED = ("present", "not_present")
ORDER: Mapping[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "less_than": ("lt", compare.lt),
    "less_than_equal": ("lte", compare.le),
    "greater_than": ("gt", compare.gt),
    "greater_than_equal": ("gte", compare.ge),
}


@dataclass(frozen=True, kw_only=True)
class Choice(ConditionField):
    """A property that is one of `options` (word, label). `stored` maps words to what the column holds,
    `nothing` is what it holds where there is none, if there can be none.

    Ordered ones can be compared: an open ticket is less than a solved one, no priority is neither less nor more.
    """

    kind = "choice"
    control = "choice"
    options: Callable[[], Choices]
    stored: Mapping[str, Any] | None = None
    nothing: Any = None
    can_be_empty: bool = False
    is_ordered: bool = False

    @property
    def comparisons(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("is", "is_not", *(ORDER if self.is_ordered else ()), *(FILLED if self.can_be_empty else ()))

    def choices(self) -> Choices:
        return [*self.options(), *([("none", _("none"))] if self.can_be_empty else [])]

    def operand(self, operator: str, value: Any) -> Any:
        return self.nothing if operator in FILLED else super().operand(operator, value)

    def read(self, operator: str, value: Any) -> Any:
        if value in NOTHING and operator not in ORDER:
            return self.nothing
        word = str(value).strip().lower()
        if self.stored is not None and word in self.stored:
            return self.stored[word]
        if self.stored is None and any(word == known.lower() for known, _label in self.options()):
            return next(known for known, _label in self.options() if known.lower() == word)
        raise Invalid(_("“%(value)s” is none of the choices.") % {"value": str(value)[:40]})

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        if operator in ORDER:
            holds = ORDER[operator][1]
            return lambda value, case: value is not None and holds(value, operand)
        if operator in ("is", "not_present"):
            return lambda value, case: bool(value == operand)
        return lambda value, case: bool(value != operand)

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        if operator in ORDER:
            return self.lookup(ORDER[operator][0], operand)
        equal = self.lookup("isnull", True) if operand is None else self.lookup("exact", operand)
        return equal if operator in ("is", "not_present") else ~equal

    def words(self, value: Any) -> str:
        if value in (None, ""):
            return _("none")
        labels = {self.stored[word] if self.stored else word: label for word, label in self._named()}
        return str(labels.get(value, value))

    def operand_words(self, operator: str, operand: Any) -> str:
        return self.words(operand) if operand in (None, "") else quoted(self.words(operand))

    def _named(self) -> Choices:
        return [(word, label) for word, label in self.options() if not self.stored or word in self.stored]

"""A reference to a row: a group, an assignee, a brand."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opora.core.conditions.field import Choices, ConditionField
from opora.core.conditions.kinds.choice import FILLED
from opora.core.conditions.kinds.values import NOTHING, quoted, whole_number
from opora.core.refusals import Invalid


class StandIn(NamedTuple):
    """A word that stands for rows, such as “current_user”: its label, and the ids it means for whoever looks at a case, or at a list, where there is none."""

    label: str | Promise
    ids: Callable[[Any, Any], Collection[int]]


@dataclass(frozen=True, kw_only=True)
class Reference(ConditionField):
    """A property that is the id of a row, or nothing. The editor shows a list, or, with `finder`, a field that finds.

    `name_of` says what a row is called; `finder` is the address of a lookup.
    """

    kind = "reference"
    name_of: Callable[[int], str]
    options: Callable[[], Choices] = tuple
    stand_ins: Mapping[str, StandIn] = field(default_factory=dict)
    finder: str | Promise = ""
    can_be_empty: bool = True

    @property
    def comparisons(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("is", "is_not", *(FILLED if self.can_be_empty else ()))

    def control_of(self, operator: str) -> str:
        if not super().control_of(operator):
            return ""
        return "finder" if self.finder else "choice"

    def choices(self) -> Choices:
        empty = [("none", _("none"))] if self.can_be_empty else []
        return [*empty, *((word, str(made.label)) for word, made in self.stand_ins.items()), *self.options()]

    def read(self, operator: str, value: Any) -> Any:
        if value in self.stand_ins:
            return str(value)
        if value in NOTHING and not self.can_be_empty:
            raise Invalid(_("Choose one."))
        return None if value in NOTHING else whole_number(value)

    def equals(self, operand: Any, value: Any, case: Any) -> bool:
        return (
            value in self.stand_ins[operand].ids(case.by, case)
            if isinstance(operand, str)
            else value == operand
        )

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        wanted = operator in ("is", "not_present")
        if not isinstance(operand, str):
            return lambda value, case: (value == operand) is wanted
        ids = self.stand_ins[operand].ids
        return lambda value, case: (value in ids(case.by, case)) is wanted

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        if isinstance(operand, str):
            equal = self.lookup("in", list(self.stand_ins[operand].ids(by, None)))
        else:
            equal = self.lookup("isnull", True) if operand is None else self.lookup("exact", operand)
        return equal if operator in ("is", "not_present") else ~equal

    def operand_words(self, operator: str, operand: Any) -> str:
        return quoted(self.words(operand)) if isinstance(operand, int) else self.words(operand)

    def words(self, value: Any) -> str:
        if value is None:
            return _("none")
        return str(self.stand_ins[value].label) if isinstance(value, str) else self.name_of(value)

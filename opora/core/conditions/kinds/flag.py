"""Yes or no."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opora.core.conditions.field import Choices, ConditionField
from opora.core.refusals import Invalid

YES, NO = {"true", "1", "yes", "on"}, {"false", "0", "no", "off", "", "none"}


@dataclass(frozen=True, kw_only=True)
class Flag(ConditionField):
    """A property that is true or false; nothing counts as false."""

    kind = "flag"
    control = "choice"
    comparisons = ("is",)

    def choices(self) -> Choices:
        return [("true", _("yes")), ("false", _("no"))]

    def read(self, operator: str, value: Any) -> bool:
        word = "" if value is None else str(value).strip().lower()
        if word not in YES | NO:
            raise Invalid(_("Choose yes or no."))
        return word in YES

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        return lambda value, case: bool(value) is operand

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        true = self.lookup("exact", True)
        return true if operand else ~true

    def words(self, value: Any) -> str:
        return _("yes") if value else _("no")

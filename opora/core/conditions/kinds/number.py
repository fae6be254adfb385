"""A number: replies, reopenings, an amount."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from opora.core.conditions.field import ConditionField
from opora.core.conditions.kinds.choice import ORDER
from opora.core.conditions.kinds.values import decimal_number


@dataclass(frozen=True, kw_only=True)
class Number(ConditionField):
    """A property that is a number, or nothing, which is neither less nor more than any."""

    kind = "number"
    control = "number"
    comparisons = ("is", "is_not", *ORDER, "present", "not_present")

    def read(self, operator: str, value: Any) -> Decimal:
        return decimal_number(value)

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        if operator in ("present", "not_present"):
            wanted = operator == "present"
            return lambda value, case: (value is not None) is wanted
        if operator in ORDER:
            holds = ORDER[operator][1]
            return lambda value, case: value is not None and holds(value, operand)
        wanted = operator == "is"
        return lambda value, case: (value == operand) is wanted

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        if operator in ("present", "not_present"):
            return self.lookup("isnull", operator == "not_present")
        if operator in ORDER:
            return self.lookup(ORDER[operator][0], operand)
        equal = self.lookup("exact", operand)
        return equal if operator == "is" else ~equal

    def words(self, value: Any) -> str:
        if value is None:
            return _("none")
        number = Decimal(value)
        number = number.to_integral() if number == number.to_integral() else number.normalize()
        return formats.number_format(number, use_l10n=True, force_grouping=True)

"""How long ago something happened, or how long until it does, in hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.conditions.field import ConditionField
from opora.core.conditions.kinds.choice import ORDER
from opora.core.conditions.kinds.values import count

HOUR = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class HoursSince(ConditionField):
    """Hours between a moment and now; `seen` returns the moment. “Is 4” means between four and five.

    `ahead` counts the other way: hours until the moment. No moment is neither near nor far.
    `only` narrows the rows, for hours in one status.
    """

    kind = "hours"
    control = "hours"
    comparisons = ("is", *ORDER)
    ahead: bool = False
    only: Callable[[], Q] = Q

    def read(self, operator: str, value: Any) -> int:
        return count(value)

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        sign = -1 if self.ahead else 1
        if operator == "is":
            low, high = operand * HOUR, (operand + 1) * HOUR
            return lambda value, case: value is not None and low <= sign * (case.at - value) < high
        holds, edge = ORDER[operator][1], operand * HOUR
        return lambda value, case: value is not None and holds(sign * (case.at - value), edge)

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        return self.only() & (self._ahead if self.ahead else self._since)(operator, operand, clock.now())

    def _since(self, operator: str, hours: int, now: datetime) -> Q:
        edge = now - hours * HOUR
        if operator == "is":
            return self.lookup("lte", edge) & self.lookup("gt", edge - HOUR)
        return self.lookup(
            {"less_than": "gt", "less_than_equal": "gte", "greater_than": "lt"}.get(operator, "lte"), edge
        )

    def _ahead(self, operator: str, hours: int, now: datetime) -> Q:
        edge = now + hours * HOUR
        if operator == "is":
            return self.lookup("gte", edge) & self.lookup("lt", edge + HOUR)
        return self.lookup(ORDER[operator][0], edge)

    def words(self, value: Any) -> str:
        if value is None:
            return _("none")
        if isinstance(value, datetime):
            hours = (value - clock.now() if self.ahead else clock.now() - value) / HOUR
            return formats.number_format(round(hours, 1), use_l10n=True, force_grouping=True)
        return formats.number_format(value, use_l10n=True, force_grouping=True)

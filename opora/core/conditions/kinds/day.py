"""A day of the calendar: a delivery date, the end of a contract."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.conditions.field import ConditionField
from opora.core.conditions.kinds.moment import as_instant
from opora.core.conditions.kinds.values import count

COUNTED = ("within_previous_n_days", "within_next_n_days")
MOST_DAYS = 365 * 1000


@dataclass(frozen=True, kw_only=True)
class Day(ConditionField):
    """A property that is a day, kept as an ISO text such as 2026-11-21, or nothing. Today counts, in UTC, both ways."""

    kind = "moment"
    comparisons = ("is", "less_than", "greater_than", *COUNTED, "present", "not_present")

    def control_of(self, operator: str) -> str:
        if operator in COUNTED:
            return "days"
        return "date" if super().control_of(operator) else ""

    def read(self, operator: str, value: Any) -> Any:
        return min(count(value), MOST_DAYS) if operator in COUNTED else as_instant(value).date().isoformat()

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        if operator in ("present", "not_present"):
            wanted = operator == "present"
            return lambda value, case: bool(value) is wanted

        def holds(value: Any, case: Any) -> bool:
            if not value:
                return False
            low, high = _bounds(operator, operand, case.at)
            return low <= value <= high

        return holds

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        if operator in ("present", "not_present"):
            filled = self.lookup("gt", "")
            return filled if operator == "present" else ~filled
        low, high = _bounds(operator, operand, clock.now())
        return self.lookup("range", (low, high))

    def words(self, value: Any) -> str:
        if not value:
            return _("none")
        if isinstance(value, int):
            return formats.number_format(value, use_l10n=True, force_grouping=True)
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")


def _bounds(operator: str, operand: Any, at: datetime) -> tuple[str, str]:
    """Return the first and the last day that fit."""
    today = at.date()
    if operator == "is":
        return operand, operand
    if operator in COUNTED:
        other = today + timedelta(days=operand if operator == "within_next_n_days" else -operand)
        return min(today, other).isoformat(), max(today, other).isoformat()
    day = date.fromisoformat(operand)
    if operator == "less_than":
        return "0000", (day - timedelta(days=1)).isoformat()
    return (day + timedelta(days=1)).isoformat(), "9999-99"

"""A moment: when something was created, is due."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.conditions.field import ConditionField
from opora.core.conditions.kinds.values import count
from opora.core.refusals import Invalid

AGO = {
    "within_previous_n_hours": timedelta(hours=1),
    "within_previous_n_days": timedelta(days=1),
    "within_next_n_days": timedelta(days=-1),
    "older_than_n_hours": timedelta(hours=1),
}
"""The unit of each counted comparison; those that look ahead go backwards."""
FARTHEST = timedelta(days=365 * 1000)


@dataclass(frozen=True, kw_only=True)
class Moment(ConditionField):
    """A property that is an instant, or nothing. Compared with a date, or with so many hours or days from now."""

    kind = "moment"
    comparisons = ("less_than", "greater_than", *AGO, "present", "not_present")

    def control_of(self, operator: str) -> str:
        if operator in AGO:
            return "hours" if operator.endswith("hours") else "days"
        return "date" if super().control_of(operator) else ""

    def read(self, operator: str, value: Any) -> Any:
        return count(value) if operator in AGO else as_instant(value)

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        if operator in ("present", "not_present"):
            wanted = operator == "present"
            return lambda value, case: (value is not None) is wanted

        def holds(value: Any, case: Any) -> bool:
            if value is None:
                return False
            low, high = bounds(operator, operand, case.at)
            return (low is None or low <= value) and (high is None or value < high)

        return holds

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        if operator in ("present", "not_present"):
            return self.lookup("isnull", operator == "not_present")
        low, high = bounds(operator, operand, clock.now())
        condition = self.lookup("gte", low) if low else Q()
        return condition & self.lookup("lt", high) if high else condition

    def words(self, value: Any) -> str:
        if value is None:
            return _("none")
        if isinstance(value, int):
            return formats.number_format(value, use_l10n=True, force_grouping=True)
        local = timezone.localtime(value)
        at_midnight = local.astimezone(UTC).time() == datetime.min.time()
        return formats.date_format(local, "SHORT_DATE_FORMAT" if at_midnight else "SHORT_DATETIME_FORMAT")


def bounds(operator: str, operand: Any, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Return from when on and until when (exclusive) the moment must lie."""
    if operator == "less_than":
        return None, operand
    if operator == "greater_than":
        return operand + timedelta(microseconds=1), None
    edge = at - max(min(operand * AGO[operator], FARTHEST), -FARTHEST)
    if operator == "older_than_n_hours":
        return None, edge
    soon = timedelta(microseconds=1)
    return (at, edge + soon) if operator.startswith("within_next") else (edge, at + soon)


def as_instant(value: Any) -> datetime:
    """Return the instant that an ISO date or time names; a date is its beginning in UTC. Raises `Invalid`."""
    text = str(value or "").strip()
    try:
        moment = parse_datetime(text)
        if moment is None:
            day = parse_date(text)
            moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    except ValueError:
        moment = None
    if moment is None or not 1000 <= moment.year <= 9000:
        raise Invalid(_("“%(value)s” is not a date such as 2026-11-21.") % {"value": text[:40]})
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

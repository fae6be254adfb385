"""How many promises were kept: Σ met over Σ met and broken, never a mean of percentages (S15)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from opora.people.models import Brand, Group
from opora.sla.models import ClockRow, Exclusion
from opora.sla.words import METRICS
from opora.tickets.models import Priority

Z = 1.959964
"""The normal quantile of a 95 % interval."""
DIMENSIONS = {
    "metric": "metric",
    "brand": "ticket__brand_id",
    "group": "ticket__group_id",
    "priority": "priority",
}
BROKEN = Q(first_breach_at__isnull=False)
LEFT_OUT = Q(pk__in=Exclusion.objects.values("key"))
"""Left out of the net attainment, by somebody with a reason."""


@dataclass(frozen=True)
class Share:
    """Kept of all that count, with the Wilson interval at 95 %."""

    met: int
    total: int

    @property
    def broken(self) -> int:
        return self.total - self.met

    @property
    def percent(self) -> float | None:
        return 100 * self.met / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float] | None:
        low, high = wilson(self.met, self.total)
        return (100 * low, 100 * high) if self.total else None


def wilson(successes: int, total: int) -> tuple[float, float]:
    """Return the Wilson score interval of a proportion at 95 % (E. B. Wilson, 1927); 0 to 1 without any trial."""
    if not total:
        return 0.0, 1.0
    p, z2 = successes / total, Z * Z
    middle = p + z2 / (2 * total)
    spread = Z * sqrt(p * (1 - p) / total + z2 / (4 * total * total))
    low, high = (middle - spread) / (1 + z2 / total), (middle + spread) / (1 + z2 / total)
    return max(low, 0.0), min(high, 1.0)


@dataclass(frozen=True)
class Both:
    """Attainment as it was measured, and without what was left out (S15)."""

    gross: Share
    left_out: int = 0

    @property
    def net(self) -> Share:
        """Only broken promises are left out."""
        return Share(self.gross.met, self.gross.total - self.left_out)


@dataclass(frozen=True)
class Line:
    """A row of the report: a brand, group, priority or metric; `value` names it in addresses."""

    name: str
    value: str
    both: Both

    @property
    def share(self) -> Share:
        return self.both.gross


def counted(since: datetime, until: datetime, agreement: str) -> QuerySet[ClockRow]:
    """Return the clocks that count in a period: kept ones by their stop, broken ones by their breach, also if open.

    Left out are cancelled ones, and tickets that were deleted, are spam, or were merged.
    """
    found = ClockRow.objects.filter(reported_at__gte=since, reported_at__lt=until, agreement=agreement)
    return found.exclude(state="cancelled").filter(ticket__removed_at=None, ticket__merged_into=None)


_COUNTS = {
    "total": Count("pk"),
    "broken": Count("pk", filter=BROKEN),
    "left_out": Count("pk", filter=BROKEN & LEFT_OUT),
}


def total_of(clocks: QuerySet[ClockRow]) -> Both:
    return _both(**clocks.aggregate(**_COUNTS))


def tickets_of(clocks: QuerySet[ClockRow]) -> tuple[Share, Share]:
    """Return how many tickets kept all their promises, gross and net: as if those left out had not been made."""
    tickets = clocks.values("ticket").annotate(
        broken=Count("pk", filter=BROKEN),
        still_broken=Count("pk", filter=BROKEN & ~LEFT_OUT),
        all=Count("pk"),
    )
    found = tickets.order_by().aggregate(
        total=Count("ticket"),
        gross_broken=Count("ticket", filter=Q(broken__gt=0)),
        net_broken=Count("ticket", filter=Q(still_broken__gt=0)),
        gone=Count("ticket", filter=Q(all__gt=0, still_broken=0, broken=F("all"))),
    )
    gross = Share(found["total"] - found["gross_broken"], found["total"])
    net_total = found["total"] - found["gone"]
    return gross, Share(net_total - found["net_broken"], net_total)


def lines_by(clocks: QuerySet[ClockRow], dimension: str) -> list[Line]:
    """Return the report by one dimension, the weakest first."""
    column = DIMENSIONS[dimension]
    names = _names(dimension)
    lines = [
        Line(
            names.get(row[column], "–"),
            str(row[column] or ""),
            _both(**{name: row[name] for name in _COUNTS}),
        )
        for row in clocks.values(column).annotate(**_COUNTS).order_by()
    ]
    return sorted(lines, key=lambda line: (line.share.percent or 0, -line.share.total, line.name))


def _both(*, total: int, broken: int, left_out: int) -> Both:
    return Both(Share(total - broken, total), left_out)


def narrowed(
    clocks: QuerySet[ClockRow],
    given: Iterable[tuple[str, str]],
    *,
    broken: bool | None,
    left_out: bool = False,
) -> QuerySet[ClockRow]:
    """Return the clocks behind one number of the report; `left_out` those that the net attainment leaves out."""
    for dimension, value in given:
        column = DIMENSIONS.get(dimension)
        if column and value and (dimension == "metric" or value.isdecimal()):
            clocks = clocks.filter(**{column: value})
    if broken is None:
        return clocks.filter(BROKEN & LEFT_OUT) if left_out else clocks
    return clocks.filter(BROKEN if broken else ~BROKEN)


def _names(dimension: str) -> dict[Any, str]:
    if dimension == "metric":
        return {metric: str(name) for metric, name in METRICS.items()}
    if dimension == "priority":
        return {priority.value: str(priority.label) for priority in Priority}
    model: Any = Brand if dimension == "brand" else Group
    return dict(model.objects.values_list("pk", "name"))


def names_of(dimensions: Sequence[str]) -> dict[str, dict[Any, str]]:
    return {dimension: _names(dimension) for dimension in dimensions}


def period(days: int, now: datetime) -> tuple[datetime, datetime]:
    return now - timedelta(days=days), now

"""Finding rules and what they did."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from opora.automation.models import Firing, Rule
from opora.core import clock


@dataclass(frozen=True)
class Usage:
    """How often a rule fired in the last week and month, and when last."""

    week: int = 0
    month: int = 0
    last: datetime | None = None


def rules(kind: Rule.Kind) -> QuerySet[Rule]:
    return Rule.objects.filter(kind=kind).select_related("category")


def usage_of(ids: list[int]) -> dict[int, Usage]:
    """Return the usage of each rule, in one query; of those that never fired nothing."""
    now = clock.now()
    counted = (
        Firing.objects.filter(rule_id__in=ids)
        .values("rule_id")
        .annotate(
            week=Count("pk", filter=Q(at__gt=now - timedelta(days=7))),
            month=Count("pk", filter=Q(at__gt=now - timedelta(days=30))),
            last=Max("at"),
        )
        .order_by()
    )
    return {row["rule_id"]: Usage(row["week"], row["month"], row["last"]) for row in counted}


def firings_of(rule: Rule, *, ticket_id: int | None = None) -> QuerySet[Firing]:
    """Return when the rule fired, newest first."""
    found = Firing.objects.filter(rule_id=rule.pk)
    return (found.filter(ticket_id=ticket_id) if ticket_id else found).order_by("-at", "-event_id")

"""What policies of customers and of groups share on the wire: whose they are, how they are presented, their metrics."""

from collections.abc import Callable, Sequence

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.people.policy import require
from opora.sla.actions.save_policy import latest_versions, policies
from opora.sla.content import Content
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Target
from opora.sla.models import PolicyVersion, SlaPolicy
from opora.sla.policy import may_change
from opora.tickets.models import Priority

METRICS: dict[str, Metric] = {f"{metric}_time": metric for metric in Metric if metric != Metric.THIRD_PARTY}
"""By the names of the wire; what others than the desk owe has none."""
KEPT = ("description",)
"""Policies here are described by what they promise."""
_WORDS: dict[Metric, str] = {metric: wire for wire, metric in METRICS.items()}


def promised(call: Call, agreement: str) -> QuerySet[SlaPolicy]:
    """Return the policies of one kind of agreement (`sla`, `ola`), for whoever may set them."""
    require(may_change(call.person))
    ids = [pk for pk, version in latest_versions().items() if version.content["agreement"] == agreement]
    return policies().filter(pk__in=ids)


def presenting(
    draw: Callable[[Call, SlaPolicy, PolicyVersion], Json],
) -> Callable[[Call, Sequence[int]], list[Json]]:
    """Return what presents policies by their ids, each in its latest version."""

    def present(call: Call, ids: Sequence[int]) -> list[Json]:
        rows, latest = SlaPolicy.objects.in_bulk(ids), latest_versions()
        kept = kept_attributes("sla_policy", ids)
        there = [pk for pk in ids if pk in rows and pk in latest]
        return [draw(call, rows[pk], latest[pk]) | kept.get(pk, {}) for pk in there]

    return present


def policy_metrics(content: Content, metrics: Sequence[Metric]) -> list[Json]:
    """Return what is promised of these metrics, in their order and by priority; lengths in minutes and in seconds."""
    places = {metric: place for place, metric in enumerate(metrics)}
    told = [
        (places[metric], priority, target)
        for (metric, priority), target in content.targets.items()
        if metric in places
    ]
    return [
        _metric(metrics[place], priority, target)
        for place, priority, target in sorted(told, key=lambda one: one[:2])
    ]


def _metric(metric: Metric, priority: int, target: Target) -> Json:
    seconds = round(target.length.total_seconds())
    return {
        "priority": Priority(priority).word,
        "metric": _WORDS[metric],
        "target": seconds // 60,
        "target_in_seconds": seconds,
        "business_hours": not target.around,
    }

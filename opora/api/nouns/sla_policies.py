"""Promises: which tickets they are made to, and how long each thing may take."""

from collections.abc import Sequence

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.nouns.automation import rule_conditions
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
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
_WORDS: dict[Metric, str] = {metric: wire for wire, metric in METRICS.items()}


KEPT = ("description",)
"""Policies here are described by what they promise."""


def customer_policies(call: Call) -> QuerySet[SlaPolicy]:
    """Return the promises made to customers, for whoever may set them; those among groups are other nouns."""
    require(may_change(call.person))
    ids = [pk for pk, version in latest_versions().items() if version.content["agreement"] == "sla"]
    return policies().filter(pk__in=ids)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows, latest = SlaPolicy.objects.in_bulk(ids), latest_versions()
    kept = kept_attributes("sla_policy", ids)
    return [
        _policy(call, rows[pk], latest[pk]) | kept.get(pk, {}) for pk in ids if pk in rows and pk in latest
    ]


def _policy(call: Call, row: SlaPolicy, version: PolicyVersion) -> Json:
    content = Content.from_json(version.content)
    targets = sorted(content.targets.items(), key=lambda item: (list(Metric).index(item[0][0]), item[0][1]))
    return {
        "url": call.url(f"slas/policies/{row.pk}"),
        "id": row.pk,
        "title": row.name,
        "description": None,
        "position": row.position,
        "filter": rule_conditions(content.conditions),
        "policy_metrics": [
            _metric(metric, priority, target) for (metric, priority), target in targets if metric in _WORDS
        ],
        "created_at": stamp(row.created_at),
        "updated_at": stamp(version.saved_at),
    }


def _metric(metric: Metric, priority: int, target: Target) -> Json:
    seconds = round(target.length.total_seconds())
    return {
        "priority": Priority(priority).word,
        "metric": _WORDS[metric],
        "target": seconds // 60,
        "target_in_seconds": seconds,
        "business_hours": not target.around,
    }


SLA_POLICIES = Noun(
    "sla_policy", "sla_policies", "slas/policies", customer_policies, _present,
    orders={"position": "position", "id": "id"},
)  # fmt: skip

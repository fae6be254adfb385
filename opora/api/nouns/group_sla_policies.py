"""Promises between groups: how long a group may keep a ticket that was given to it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.automation import rule_conditions
from opora.api.nouns.promised import policy_metrics, presenting, promised
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.sla.content import Content
from opora.sla.engine.metrics import Metric
from opora.sla.models import PolicyVersion, SlaPolicy

METRIC = "group_ownership_time"
INCLUDES, NOT_INCLUDES = "includes", "not_includes"


def group_policies(call: Call) -> QuerySet[SlaPolicy]:
    """Return the promises between groups."""
    return promised(call, "ola")


def _policy(call: Call, row: SlaPolicy, version: PolicyVersion) -> Json:
    content = Content.from_json(version.content)
    return {
        "url": call.url(f"group_slas/policies/{row.pk}"),
        "id": str(row.pk),
        "title": row.name,
        "description": None,
        "position": row.position,
        "filter": wire_filter(content.conditions),
        "policy_metrics": policy_metrics(content, [Metric.GROUP_OWNERSHIP]),
        "created_at": stamp(row.created_at),
        "updated_at": stamp(version.saved_at),
    }


def wire_filter(tree: Mapping[str, Any]) -> Json:
    """Return the groups of a policy as one condition; a tree that asks about more stands as it is."""
    every, some = tree.get("all") or [], tree.get("any") or []
    if some and not every and _are_about_groups(some, "is"):
        return {"all": [_condition(INCLUDES, some)]}
    if every and not some and _are_about_groups(every, "is_not"):
        return {"all": [_condition(NOT_INCLUDES, every)]}
    if not some and len(every) == 1 and _are_about_groups(every, "is"):
        return {"all": [_condition(INCLUDES, every)]}
    return _in_lists(rule_conditions(tree)) if every or some else {"all": []}


def _in_lists(tree: Json) -> Json:
    """Conditions with their values in lists, as they stand in promises between groups."""
    return {part: [one | {"value": [one["value"]]} for one in rows] for part, rows in tree.items()}


def _are_about_groups(rows: Sequence[Json], operator: str) -> bool:
    return all(row["field"] == "group" and row["operator"] == operator for row in rows)


def _condition(operator: str, rows: Sequence[Json]) -> Json:
    numbers = [int(row["value"]) for row in rows if str(row["value"]).isdecimal()]
    return {"field": "group_id", "operator": operator, "value": numbers}


GROUP_SLA_POLICIES = Noun(
    "group_sla_policy", "group_sla_policies", "group_slas/policies", group_policies, presenting(_policy),
    orders={"position": "position", "id": "id"},
)  # fmt: skip

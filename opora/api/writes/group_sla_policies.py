"""Promises between groups from the wire: which groups, and how long at each priority."""

from collections.abc import Mapping, Sequence
from typing import Any

from opora.api.nouns.group_sla_policies import INCLUDES, METRIC, NOT_INCLUDES
from opora.api.wire.bodies import IDS, Json
from opora.api.wire.problems import invalid_record
from opora.api.writes.sla_policies import targets_of
from opora.people.models import Group
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Target


def group_tree(given: Any) -> Json:
    """Return a filter's groups as our conditions. Raises 422 for another field, operator or group than there is."""
    rows = given.get("all") if isinstance(given, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise invalid_record("filter", "needs a list of conditions under all")
    tree: Json = {"all": [], "any": []}
    if len(rows) > 1:
        raise invalid_record("filter", "asks about groups once")
    for row in rows:
        if row.get("field") != "group_id" or row.get("operator") not in {INCLUDES, NOT_INCLUDES}:
            raise invalid_record("filter", "asks about group_id, by includes or not_includes")
        ids = _groups(row.get("value"))
        part, operator = ("any", "is") if row["operator"] == INCLUDES else ("all", "is_not")
        tree[part] = [{"field": "group", "operator": operator, "value": str(pk)} for pk in ids]
    return tree


def _groups(value: Any) -> list[int]:
    ids = IDS.read("value", value if isinstance(value, list) else [value])
    known = set(Group.objects.filter(pk__in=ids, deleted_at=None).values_list("pk", flat=True))
    if not ids or not set(ids) <= known:
        raise invalid_record("filter", "names a group that is not there")
    return list(dict.fromkeys(ids))


def group_targets(given: Sequence[Json]) -> Mapping[tuple[Metric, int], Target]:
    """Return the targets by priority. Raises 422 for another metric than how long a group keeps a ticket."""
    if any(one.get("metric") != METRIC for one in given):
        raise invalid_record("policy_metrics", f"metric must be {METRIC}")
    return targets_of(given)

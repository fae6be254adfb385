"""Promises from the wire: targets in minutes or seconds become lengths."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from opora.api.nouns.promised import METRICS
from opora.api.wire.bodies import FLAG, WHOLE, Json
from opora.api.wire.problems import invalid_record
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Target
from opora.sla.lengths import LONGEST
from opora.tickets.models import Priority

_PRIORITIES = {member.word: int(member) for member in Priority}


def targets_of(given: Sequence[Json]) -> Mapping[tuple[Metric, int], Target]:
    """Return the targets by metric and priority. Raises 422 for a metric, a priority or a time that is none."""
    found: dict[tuple[Metric, int], Target] = {}
    for one in given:
        metric, priority = METRICS.get(str(one.get("metric"))), _PRIORITIES.get(str(one.get("priority")))
        if metric is None:
            raise invalid_record("policy_metrics", f"metric must be one of {', '.join(METRICS)}")
        if priority is None:
            raise invalid_record("policy_metrics", f"priority must be one of {', '.join(_PRIORITIES)}")
        in_hours = FLAG.read("business_hours", one.get("business_hours") or False)
        found[metric, priority] = Target(_length(one), around=not in_hours)
    return found


def _length(one: Json) -> timedelta:
    """The time of a target; seconds, where they are given, are more exact than minutes."""
    name = "target_in_seconds" if one.get("target_in_seconds") is not None else "target"
    number = WHOLE.read(name, one.get(name)) if one.get(name) is not None else None
    seconds = (number or 0) * (1 if name == "target_in_seconds" else 60)
    if not 0 < seconds <= LONGEST.total_seconds():
        raise invalid_record("policy_metrics", f"{name} must be more than nothing and at most 366 days")
    return timedelta(seconds=seconds)

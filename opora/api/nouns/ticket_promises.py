"""What tickets were promised, as the wire says it: the side-load `slas`, and what metric events tell of promises."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from opora.api.wire.bodies import Json
from opora.api.wire.times import stamp
from opora.core import clock as time
from opora.sla.engine.clocks import Clock, Mark
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Rules
from opora.sla.engine.state import from_json
from opora.sla.models import ClockRow, Promise, SlaPolicy
from opora.sla.rulebook import rules

_STAGES = {"running": "active", "paused": "paused", "fulfilled": "achieved"}
_UNITS = (("days", timedelta(days=1)), ("hours", timedelta(hours=1)), ("minutes", timedelta(minutes=1)))
_METRICS = {
    Metric.FIRST_REPLY: "reply_time",
    Metric.NEXT_REPLY: "reply_time",
    Metric.TOTAL_RESOLUTION: "resolution_time",
}
"""Names of metric events where they are not the metric's own with `_time`."""
_OF_CLOCKS = {"activate": "activate", "resume": "activate", "pause": "pause", "fulfill": "fulfill"}
_TOLD_ELSEWHERE = {
    Metric.FIRST_REPLY, Metric.NEXT_REPLY, Metric.REQUESTER_WAIT, Metric.AGENT_WORK, Metric.TOTAL_RESOLUTION,
}  # fmt: skip
"""Metrics whose beginnings and ends are told of every ticket, promised or not."""


def policy_metrics_of(ids: Sequence[int]) -> dict[int, list[Json]]:
    """Return the customer's promises of each ticket: of every metric the latest, cancelled ones left out."""
    latest: dict[tuple[int, str], ClockRow] = {}
    rows = ClockRow.objects.filter(ticket_id__in=ids, agreement="sla", state__in=_STAGES)
    for row in rows.exclude(metric=Metric.THIRD_PARTY).order_by("started_at", "cycle"):
        latest[row.ticket_id, row.metric] = row
    found: dict[int, list[Json]] = {}
    at = time.now()
    for (ticket_id, _metric), row in latest.items():
        found.setdefault(ticket_id, []).append(_policy_metric(row, at))
    return found


def _policy_metric(row: ClockRow, at: datetime) -> Json:
    breach_at = row.first_breach_at or row.breach_at
    shown: Json = {
        "breach_at": stamp(breach_at),
        "stage": _STAGES[row.state],
        "metric": f"{row.metric}_time",
    }
    if breach_at and row.state == "running":
        left = breach_at - at
        name, unit = next((pair for pair in _UNITS if abs(left) >= pair[1]), _UNITS[-1])
        shown[name] = int(left / unit)
    return shown


class Promises:
    """The promises of some tickets by the events that touched them."""

    def __init__(self, ticket_ids: Sequence[int]) -> None:
        self.marks: dict[int, list[tuple[Clock, Mark]]] = {}
        self.clocks: dict[tuple[int, str], Clock] = {}
        self.policies: dict[int, str] = {}
        for ticket_id, state in Promise.objects.filter(pk__in=ticket_ids).values_list("pk", "state"):
            for clock in from_json(state).clocks:
                self._keep(ticket_id, clock)
        if self.clocks:
            self.policies = dict(SlaPolicy.objects.values_list("pk", "name"))
        self.rules: Rules | None = rules() if self.clocks else None

    def _keep(self, ticket_id: int, clock: Clock) -> None:
        is_between_groups = clock.agreement == "ola" and clock.metric == Metric.GROUP_OWNERSHIP
        if clock.metric == Metric.THIRD_PARTY or not (clock.agreement == "sla" or is_between_groups):
            return
        self.clocks[ticket_id, clock.key] = clock
        for mark in clock.marks:
            self.marks.setdefault(mark.event, []).append((clock, mark))

    def told_by(self, event_id: int) -> Iterator[Json]:
        """Yield the metric events that one event of the log made, without number and ticket."""
        for clock, mark in self.marks.get(event_id, []):
            kind = _OF_CLOCKS.get(mark.kind)
            if kind and clock.metric not in _TOLD_ELSEWHERE:
                yield self._event(clock, kind, mark.at)
            if mark.kind == "apply":
                applied = "group_sla" if clock.agreement == "ola" else "sla"
                yield self._event(clock, f"apply_{applied}", mark.at) | {applied: self._sla(clock)}
            if mark.kind in {"pause", "fulfill"}:
                yield self._event(clock, "update_status", mark.at) | {"status": self._status(clock, mark.at)}

    def broken(self, ticket_id: int, key: str, at: datetime) -> Iterator[Json]:
        """Yield the breach that a notice of the log is about."""
        clock = self.clocks.get((ticket_id, key))
        if clock is not None:
            yield self._event(clock, "breach", at)

    def _event(self, clock: Clock, kind: str, at: datetime) -> Json:
        return {
            "metric": _METRICS.get(clock.metric, f"{clock.metric}_time"),
            "instance_id": clock.cycle + (clock.metric == Metric.NEXT_REPLY),
            "type": kind,
            "time": stamp(at),
        }

    def _sla(self, clock: Clock) -> Json:
        seconds = round(clock.target.total_seconds())
        policy = {"id": clock.policy_id, "title": self.policies.get(clock.policy_id, ""), "description": None}
        return {
            "target": seconds // 60,
            "target_in_seconds": seconds,
            "business_hours": not clock.around,
            "policy": policy,
        }

    def _status(self, clock: Clock, at: datetime) -> dict[str, Any]:
        """Minutes that had gone by, by the calendar and in business hours."""
        counted = clock.elapsed(self.rules, at) if self.rules else timedelta()
        real = at - clock.since - sum(clock.paused(at).values(), timedelta())
        return {"calendar": int(real.total_seconds() // 60), "business": int(counted.total_seconds() // 60)}

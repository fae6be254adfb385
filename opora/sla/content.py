"""What a version of a policy says, as it is written down and as the fold reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from opora.core.conditions import Predicate
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Agreement, Policy, Source, Switches, Target
from opora.tickets.conditions import Case, TicketFields, predicate_of
from opora.tickets.snapshot import Snapshot

OURS = Switches()


@dataclass(frozen=True)
class Escalation:
    """At so many percent of a target somebody is told, or the ticket changes; `value` names whom or what."""

    percent: int
    step: str
    value: int | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """A policy's words. `conditions` is a tree of the condition language; `preset` names where the switches are from."""

    conditions: Mapping[str, Any]
    targets: Mapping[tuple[Metric, int], Target]
    agreement: Agreement = "sla"
    source: Source = "desk"
    calendar_id: int | None = None
    default_priority: int = 2
    preset: str = "opora"
    switches: Switches = OURS
    escalations: Sequence[Escalation] = ()

    @property
    def thresholds(self) -> tuple[int, ...]:
        return tuple(sorted({one.percent for one in self.escalations}))

    def to_json(self) -> dict[str, Any]:
        return {
            "conditions": self.conditions,
            "targets": [
                [metric, priority, round(target.length.total_seconds()), target.around]
                for (metric, priority), target in sorted(self.targets.items())
            ],
            "agreement": self.agreement,
            "source": self.source,
            "calendar_id": self.calendar_id,
            "default_priority": self.default_priority,
            "preset": self.preset,
            "switches": _switches_json(self.switches),
            "escalations": [asdict(one) for one in self.escalations],
        }

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "Content":
        switches = dict(written["switches"])
        switches["grace"] = timedelta(seconds=switches["grace"])
        if "longest_pause" in switches:
            switches["longest_pause"] = timedelta(seconds=switches["longest_pause"])
        switches["pausing_statuses"] = tuple(switches.get("pausing_statuses", ()))
        return cls(
            conditions=written["conditions"],
            targets={
                (Metric(metric), priority): Target(timedelta(seconds=seconds), around)
                for metric, priority, seconds, around in written["targets"]
            },
            switches=Switches(**switches),
            escalations=tuple(Escalation(**one) for one in written["escalations"]),
            **{
                name: written[name]
                for name in ("agreement", "source", "calendar_id", "default_priority", "preset")
            },
        )


def _switches_json(switches: Switches) -> dict[str, Any]:
    """What came later than the first policies is written only where it is used: what was saved before stays the same."""
    written = asdict(switches) | {"grace": round(switches.grace.total_seconds())}
    reasons, pause = list(written.pop("pausing_statuses")), written.pop("longest_pause")
    if written["ours_starts"] == OURS.ours_starts:
        del written["ours_starts"]
    if reasons:
        written["pausing_statuses"] = reasons
    return written | ({"longest_pause": round(pause.total_seconds())} if pause else {})


PRESETS: dict[str, Switches] = {
    "opora": OURS,
    "zendesk": Switches(on_edit="apply", calendar="last", grace=timedelta()),
    "freshdesk": Switches(on_edit="apply", hold_pauses=True, grace=timedelta(), note_stops=False),
    "jsm": Switches(reopen="new_cycle", on_edit="apply", hold_pauses=True, grace=timedelta()),
    "servicenow": Switches(priority_change="retro", reopen="new_cycle", hold_pauses=True, grace=timedelta()),
}
"""Switches that reproduce how other help desks count (S18); the first are ours."""


def policy_of(
    content: Content, *, policy_id: int, version_id: int, name: str = "", fields: TicketFields | None = None
) -> Policy:
    """Return a version as the fold reads it: its conditions made a predicate, once."""
    return Policy(
        id=policy_id,
        version=version_id,
        name=name,
        agreement=content.agreement,
        holds=_holds(predicate_of(content.conditions, fields=fields)),
        targets=content.targets,
        source=content.source,
        calendar_id=content.calendar_id,
        default_priority=content.default_priority,
        switches=content.switches,
        thresholds=content.thresholds,
    )


def _holds(predicate: Predicate) -> Any:
    def holds(ticket: Snapshot, at: datetime) -> bool:
        return not ticket.is_removed and predicate(Case(ticket, at))

    return holds


def with_switches(content: Content, preset: str) -> Content:
    return replace(content, preset=preset, switches=PRESETS[preset])

"""A draft held against the past: the log folded once under the present rules and once under the draft."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from opora.events.models import Event
from opora.sla.engine.fold import fold
from opora.sla.engine.policy import Book, Policy, Rules
from opora.sla.engine.state import TicketState
from opora.sla.engine.told import READ, Told

CHUNK = 500
"""Tickets read at a time."""
MOST_SHOWN = 200
"""Changed clocks that a result names; it counts them all."""

Dimension = tuple[str, Any]
Read = Callable[[int, TicketState], None]


@dataclass
class Comparison:
    """What came out: kept and counted, before and after, as a whole and by dimension; and what changed."""

    before: Counter[tuple[str, Any, str]] = field(default_factory=Counter)
    after: Counter[tuple[str, Any, str]] = field(default_factory=Counter)
    changed: list[dict[str, Any]] = field(default_factory=list)
    changes: int = 0

    def add(self, ticket_id: int, before: TicketState, after: TicketState, agreement: str) -> None:
        old, new = outcomes(before, agreement), outcomes(after, agreement)
        for counter, found in ((self.before, old), (self.after, new)):
            for key, outcome in found.items():
                for name, value in _dimensions(key, after):
                    counter[name, value, outcome] += 1
        for key in sorted(set(old) | set(new)):
            if old.get(key, "") != new.get(key, ""):
                self.changes += 1
                if len(self.changed) < MOST_SHOWN:
                    row = {
                        "ticket": ticket_id,
                        "clock": key,
                        "before": old.get(key, ""),
                        "after": new.get(key, ""),
                    }
                    self.changed.append(row)

    def to_json(self) -> dict[str, Any]:
        names = sorted({(name, value) for name, value, _outcome in (*self.before, *self.after)}, key=str)
        return {
            "rows": [[name, value, self._share(self.before, name, value), self._share(self.after, name, value)] for name, value in names],
            "changed": self.changed,
            "changes": self.changes,
        }  # fmt: skip

    @staticmethod
    def _share(counter: Counter[tuple[str, Any, str]], name: str, value: Any) -> list[int]:
        met, broken = counter[name, value, "met"], counter[name, value, "breached"]
        return [met, met + broken]


def outcomes(state: TicketState, agreement: str) -> dict[str, str]:
    """Return met or breached for each clock that counts (S15)."""
    found = {}
    for one in state.clocks:
        if one.agreement == agreement and one.state != "cancelled":
            if one.first_breach_at:
                found[one.key] = "breached"
            elif one.outcome == "met":
                found[one.key] = "met"
    return found


def _dimensions(key: str, state: TicketState) -> Iterator[Dimension]:
    yield "all", ""
    yield "metric", key.split(":")[1]
    yield "brand", state.values.get("brand_id")
    yield "group", state.values.get("group_id")
    yield "priority", state.values.get("priority")


def with_draft(rules: Rules, draft: Policy, *, in_place_of: int | None) -> Rules:
    """Return the newest rules as if they had been in force always, with the draft in a policy's place or in front."""
    present = list(rules.books[-1].policies) if rules.books else []
    if any(policy.id == in_place_of for policy in present):
        policies = [draft if policy.id == in_place_of else policy for policy in present]
    else:
        policies = [draft, *present]
    return _always(rules, policies)


def as_now(rules: Rules) -> Rules:
    """Return the newest rules as if they had been in force always."""
    return _always(rules, list(rules.books[-1].policies) if rules.books else [])


def with_calendar(rules: Rules, calendar_id: int, instead_of: int) -> Rules:
    """Return the rules with one calendar's hours in the place of another's."""
    schedules = dict(rules.schedules)
    schedules[instead_of] = schedules[calendar_id]
    present = as_now(rules)
    return replace(present, schedules=schedules, _by_user={}, _edges=[])


def _always(rules: Rules, policies: Sequence[Policy]) -> Rules:
    known = dict(rules.known) | {policy.version: policy for policy in policies}
    return Rules([Book(None, tuple(policies))], rules.schedules, rules.uses, known)


def compare(
    ticket_ids: Sequence[int],
    *,
    present: Rules,
    draft: Rules,
    at: datetime,
    agreement: str,
    progress: Callable[[int], None],
) -> Comparison:
    """Fold the log of the tickets under both rules and settle what is open at an instant."""
    found, done = Comparison(), 0
    for start in range(0, len(ticket_ids), CHUNK):
        chunk = ticket_ids[start : start + CHUNK]
        for ticket_id, events in _told(chunk):
            before, after = fold(ticket_id, events, present), fold(ticket_id, events, draft)
            _settle(before, present, at)
            _settle(after, draft, at)
            found.add(ticket_id, before, after, agreement)
        done += len(chunk)
        progress(done)
    return found


def _settle(state: TicketState, rules: Rules, at: datetime) -> None:
    for one in state.clocks:
        if one.is_live:
            one.settle(rules, at)


def _told(ticket_ids: Sequence[int]) -> Iterator[tuple[int, list[Told]]]:
    rows = Event.objects.filter(subject_kind="ticket", subject_id__in=ticket_ids, kind__in=READ)
    columns = ("subject_id", "id", "update_id", "kind", "occurred_at", "actor_kind", "body")
    ordered = rows.order_by("subject_id", "id").values_list(*columns)
    for ticket_id, group in groupby(ordered, key=lambda row: row[0]):
        yield ticket_id, [Told(*row[1:]) for row in group]

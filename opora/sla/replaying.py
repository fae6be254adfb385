"""A draft held against the past: the log folded once under the present rules and once under the draft."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from opora.events.models import Event
from opora.sla.engine.fold import Moment, fold_moments, moments_of
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Book, Policy, Rules
from opora.sla.engine.state import TicketState
from opora.sla.engine.told import READ, Told

CHUNK = 500
"""Tickets read at a time."""
MOST_SHOWN = 200
"""Changed clocks that a result names; it counts them all."""

PLACES = ("brand_id", "group_id", "priority")
"""Values of a ticket by which outcomes are told apart, beside the metric."""

Dimension = tuple[str, Any]
Counted = tuple[Metric, tuple[Any, ...], str]
Outcomes = dict[tuple[Metric, int], str]


@dataclass
class Comparison:
    """What came out: kept and counted, before and after, as a whole and by dimension; and what changed."""

    before: Counter[Counted] = field(default_factory=Counter)
    after: Counter[Counted] = field(default_factory=Counter)
    changed: list[dict[str, Any]] = field(default_factory=list)
    changes: int = 0

    def add(self, ticket_id: int, before: TicketState, after: TicketState, agreement: str) -> None:
        old = outcomes(before, agreement)
        new = old if after is before else outcomes(after, agreement)
        place = tuple(after.values.get(name) for name in PLACES)
        for counter, found in ((self.before, old), (self.after, new)):
            for (metric, _cycle), outcome in found.items():
                counter[metric, place, outcome] += 1
        if old != new:
            self._note_changes(ticket_id, old, new, agreement)

    def _note_changes(self, ticket_id: int, old: Outcomes, new: Outcomes, agreement: str) -> None:
        for key in sorted(old.keys() | new.keys()):
            if old.get(key, "") != new.get(key, ""):
                self.changes += 1
                if len(self.changed) < MOST_SHOWN:
                    row = {
                        "ticket": ticket_id,
                        "clock": f"{agreement}:{key[0]}:{key[1]}",
                        "before": old.get(key, ""),
                        "after": new.get(key, ""),
                    }
                    self.changed.append(row)

    def to_json(self) -> dict[str, Any]:
        before, after = by_dimension(self.before), by_dimension(self.after)
        names = sorted(before.keys() | after.keys(), key=str)
        return {
            "rows": [[*name, before.get(name, [0, 0]), after.get(name, [0, 0])] for name in names],
            "changed": self.changed,
            "changes": self.changes,
        }


def outcomes(state: TicketState, agreement: str) -> Outcomes:
    """Return met or breached for each clock that counts (S15)."""
    found: Outcomes = {}
    for one in state.clocks:
        if one.agreement == agreement and one.state != "cancelled":
            if one.first_breach_at:
                found[one.metric, one.cycle] = "breached"
            elif one.outcome == "met":
                found[one.metric, one.cycle] = "met"
    return found


def by_dimension(counted: Counter[Counted]) -> dict[Dimension, list[int]]:
    """Return kept and counted of all together, and by metric, brand, group and priority."""
    found: dict[Dimension, list[int]] = {}
    for (metric, place, outcome), number in counted.items():
        named = zip(("brand", "group", "priority"), place, strict=True)
        for dimension in (("all", ""), ("metric", str(metric)), *named):
            row = found.setdefault(dimension, [0, 0])
            row[0] += number if outcome == "met" else 0
            row[1] += number
    return found


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
            before, after = _both(moments_of(ticket_id, events), ticket_id, present, draft, at)
            found.add(ticket_id, before, after, agreement)
        done += len(chunk)
        progress(done)
    return found


def _both(
    moments: Sequence[Moment], ticket_id: int, present: Rules, draft: Rules, at: datetime
) -> tuple[TicketState, TicketState]:
    """Fold under both rules; once, where the same policies are made to the ticket all along in the same hours."""
    before = fold_moments(ticket_id, moments, present)
    _settle(before, present, at)
    if present.schedules is draft.schedules and _same_policies(moments, present, draft):
        return before, before
    after = fold_moments(ticket_id, moments, draft)
    _settle(after, draft, at)
    return before, after


def _same_policies(moments: Sequence[Moment], present: Rules, draft: Rules) -> bool:
    return all(
        present.select(one.ticket, one.signals.at) == draft.select(one.ticket, one.signals.at)
        for one in moments
        if one.signals
    )


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

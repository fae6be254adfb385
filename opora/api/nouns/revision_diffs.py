"""What a revision of a trigger changed: parts that went, came and stayed, each with its sign."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from opora.api.nouns.automation import rule_action, rule_conditions
from opora.api.wire.bodies import Json
from opora.automation.models import RuleVersion


def revision_diff(before: RuleVersion | None, after: RuleVersion) -> Json:
    """Return the differences between two versions; everything is new where there was none before."""
    old = rule_conditions(before.conditions) if before else {"all": [], "any": []}
    new = rule_conditions(after.conditions)
    steps_before = [rule_action(step) for step in before.steps] if before else []
    return {
        "source_id": before.number if before else 0,
        "target_id": after.number,
        "title": _changes(before.title if before else None, after.title),
        "active": _changes(before.is_active if before else None, after.is_active),
        "description": [],
        "conditions": {part: _rows(old[part], new[part], _CONDITION) for part in ("all", "any")},
        "actions": _rows(steps_before, [rule_action(step) for step in after.steps], _ACTION),
    }


_CONDITION = ("field", "operator", "value")
_ACTION = ("field", "value")


def _rows(old: Sequence[Json], new: Sequence[Json], names: Sequence[str]) -> list[Json]:
    """Row by row, in their places, the differences of each attribute; empty when nothing changed."""
    if list(old) == list(new):
        return []
    return [_row(one, other, names) for one, other in zip_longest(old, new)]


def _row(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, names: Sequence[str]) -> Json:
    return {name: _sides(name, old, new) for name in names}


def _sides(name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> list[Json]:
    if old is not None and new is not None and old.get(name) == new.get(name):
        return [{"change": "=", "content": new.get(name)}]
    gone = [{"change": "-", "content": old.get(name)}] if old is not None else []
    came = [{"change": "+", "content": new.get(name)}] if new is not None else []
    return gone + came


def _changes(old: Any, new: Any) -> list[Json]:
    """The differences of one value; empty when it stayed."""
    if old == new:
        return []
    gone = [] if old is None else [{"change": "-", "content": old}]
    return [*gone, {"change": "+", "content": new}]

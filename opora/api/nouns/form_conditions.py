"""Conditions between the fields of a form: on the wire each names a parent, a value, and the fields that it brings."""

from collections.abc import Mapping, Sequence
from typing import Any

from opora.api.wire.bodies import FLAG, WHOLE, Json
from opora.api.wire.problems import invalid_attribute, invalid_record
from opora.tickets.form_rules import STATUSES, Audience, FieldRule, kept_rules, rules_of
from opora.tickets.models import TicketForm

_ALL, _SOME, _NO = "ALL_STATUSES", "SOME_STATUSES", "NO_STATUSES"


def conditions_json(form: TicketForm, audience: Audience, kinds: Mapping[int, str]) -> list[Json]:
    """Return the conditions of a form, one for each parent and value, in the order in which they were made.

    `kinds` are the types of the desk's fields by number.
    """
    grouped: dict[tuple[int, str], list[FieldRule]] = {}
    for rule in rules_of(form, audience):
        grouped.setdefault((rule.parent, rule.value), []).append(rule)
    return [
        {
            "parent_field_id": parent,
            "parent_field_type": kinds.get(parent, ""),
            "value": value,
            "child_fields": [_child(rule, audience) for rule in rules],
        }
        for (parent, value), rules in grouped.items()
    ]


def _child(rule: FieldRule, audience: Audience) -> Json:
    if audience == "customers":
        return {"id": rule.child, "is_required": bool(rule.required_in)}
    shown: Json = {"id": rule.child, "is_required": "solved" in rule.required_in}
    if not rule.required_in:
        return shown | {"required_on_statuses": {"type": _NO}}
    if set(rule.required_in) == set(STATUSES):
        return shown | {"required_on_statuses": {"type": _ALL}}
    return shown | {"required_on_statuses": {"type": _SOME, "statuses": list(rule.required_in)}}


def read_conditions(name: str, given: Sequence[Json], audience: Audience) -> list[Json]:
    """Return the rules that a body's conditions say, as a form keeps them. Raises 400 and 422 for what says none."""
    rules = []
    for condition in given:
        parent, value = _whole("parent_field_id", condition), _value(condition.get("value"))
        children = condition.get("child_fields")
        if not isinstance(children, list):
            raise invalid_attribute(name, "must have child_fields")
        rules += [_rule(parent, value, child, audience) for child in children]
    return kept_rules(rules)


def _rule(parent: int, value: str, child: Any, audience: Audience) -> FieldRule:
    if not isinstance(child, dict):
        raise invalid_attribute("child_fields", "must be an array of objects")
    is_required = bool(FLAG.read("is_required", child.get("is_required") or False))
    if audience == "customers":
        return FieldRule(parent, value, _whole("id", child), STATUSES if is_required else ())
    required = _statuses(child.get("required_on_statuses"), is_required)
    return FieldRule(parent, value, _whole("id", child), required)


def _statuses(given: Any, is_required: bool) -> tuple[str, ...]:
    """The statuses in which a field is required; where none are said, `is_required` is about solving."""
    if not isinstance(given, dict):
        return ("solved",) if is_required else ()
    kind, statuses = given.get("type"), given.get("statuses") or []
    if kind == _ALL:
        return STATUSES
    if kind == _NO:
        return ()
    if kind != _SOME or not isinstance(statuses, list) or not all(one in STATUSES for one in statuses):
        raise invalid_record("required_on_statuses", "is invalid")
    return tuple(status for status in STATUSES if status in statuses)


def _value(given: Any) -> str:
    """The value of a condition: of a checkbox true or false, as such or as a word."""
    if isinstance(given, (dict, list)):
        raise invalid_attribute("value", "must be a string")
    return ("true" if given else "false") if isinstance(given, bool) else str(given)


def _whole(name: str, given: Json) -> int:
    number = WHOLE.read(name, given.get(name))
    if number is None:
        raise invalid_attribute(name, "must be an integer")
    return int(number)

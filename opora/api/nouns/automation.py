"""Triggers and automations, with their conditions and steps in the words of the wire."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import as_written, kept_attributes
from opora.api.nouns.locales import locale_number
from opora.api.nouns.macros import wire_action
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, Present
from opora.api.wire.times import stamp
from opora.automation.calls import CALL
from opora.automation.models import Rule
from opora.automation.queries import rules
from opora.tickets.conditions.registry import SYNONYMS

_NAMES = {own: wire for wire, own in SYNONYMS.items()} | {"hours_until_due": "until_due_date"}
WORD_FIELDS = {
    "subject": "subject_includes_word", "comment_text": "comment_includes_word",
    "description": "description_includes_word",
}  # fmt: skip
WORD_OPERATORS = {
    "includes_words": "includes", "not_includes_words": "not_includes", "includes_string": "is",
    "not_includes_string": "is_not",
}  # fmt: skip
"""How the wire compares texts under the names of `WORD_FIELDS`; other comparisons stand under our name."""
COMMENTS = {"public": "true", "internal": "false"}
VALUES: Mapping[str, Mapping[str, str]] = {
    "update_type": {"create": "Create", "change": "Change"},
    "role": {"customer": "end_user", "administrator": "admin"},
    "requester_role": {"customer": "end_user", "administrator": "admin"},
    "update_via": {"form": "0", "mail": "4", "api": "5", "rule": "8"},
    "channel": {"form": "0", "email": "4", "api": "5"},  # the vendor's numbers of via types
}
"""Words of ours that the wire says otherwise, by our names of fields."""
RECEIVERS = {"mail_requester": "requester_id", "mail_everybody": "requester_and_ccs"}
LETTERS_TO: Mapping[str, tuple[str, str]] = {
    "mail_assignee": ("notification_user", "assignee_id"),
    "mail_colleague": ("notification_user", ""),
    "mail_group": ("notification_group", ""),
}
"""Letters to colleagues: the wire's action, and the word for the receiver where it is always the same."""
MEMBER_OPERATORS = {"includes": "is", "not_includes": "is_not"}
"""How the wire compares with a calendar that is open."""
NUMBERS_OF_ROLES = {"0": "customer", "2": "administrator", "4": "agent"}
"""Roles as older rules of the vendor number them."""
MAY_BE_EMPTY = ("assignee", "group", "organization")


def rule_conditions(tree: Mapping[str, Any]) -> Json:
    """Return the conditions of a rule in the words of the wire."""
    return {part: [_condition(one) for one in tree.get(part) or []] for part in ("all", "any")}


def _condition(one: Mapping[str, Any]) -> Json:
    field, operator, value = one["field"], one["operator"], one.get("value")
    said = "not_relevant" if operator == "present" else COMMENTS.get(str(value)) if operator == "is" else None
    if field == "comment" and said:
        return {"field": "comment_is_public", "operator": "is", "value": said}
    name = _NAMES.get(field, field)
    if field == "within_schedule":
        operator = MEMBER_OPERATORS.get(operator, operator)
    if field in WORD_FIELDS:
        name = WORD_FIELDS[field] if operator in WORD_OPERATORS else field
        operator = WORD_OPERATORS.get(operator, operator)
    elif field.startswith("custom_field_"):
        name = f"custom_fields_{field.removeprefix('custom_field_')}"
    return {"field": name, "operator": operator, "value": _value(field, value)}


def _value(field: str, value: Any) -> str | None:
    if isinstance(value, list):
        value = " ".join(map(str, value))
    if value is None or (value == "none" and field in MAY_BE_EMPTY):
        return "" if value else None
    if field == "requester_language":
        return str(locale_number(str(value)))
    return VALUES.get(field, {}).get(str(value), str(value))


def rule_action(step: Mapping[str, Any]) -> Json:
    """Return one step in the words of the wire; what only this desk does stands under its own name."""
    field, value = step["field"], step["value"]
    if field in RECEIVERS:
        words = [RECEIVERS[field], value["subject"], value["text"]]
        return {"field": "notification_user", "value": words}
    if field == "tell_assignee":
        return {"field": "notification_user", "value": ["assignee_id", "", ""]}
    if field == "tell_person":
        return {"field": "notification_user", "value": [value, "", ""]}
    if field in LETTERS_TO:
        kind, fixed = LETTERS_TO[field]
        return {"field": kind, "value": [fixed or value["to"], value["subject"], value["text"]]}
    if field == "tell_group":
        return {"field": "notification_group", "value": [value, "", ""]}
    if field == CALL:
        return {"field": "notification_webhook", "value": [value["webhook"], value["body"]]}
    if isinstance(value, dict):
        return {"field": field, "value": value}
    name = {"brand": "brand_id", "form": "ticket_form_id", "add_follower": "follower", "add_cc": "cc"}.get(
        field
    )
    return {"field": name, "value": value} if name else wire_action({"field": field, "value": value})


def _present(path: str) -> Present:
    def present(call: Call, ids: Sequence[int]) -> list[Json]:
        found, kept = Rule.objects.in_bulk(ids), kept_attributes("rule", ids)
        return [_rule(call, path, found[pk], kept.get(pk, {})) for pk in ids if pk in found]

    return present


def _rule(call: Call, path: str, row: Rule, kept: Json) -> Json:
    return {
        "url": call.url(f"{path}/{row.pk}"),
        "id": row.pk,
        "title": row.title,
        "raw_title": row.title,
        "description": row.description or None,
        "active": row.is_active,
        "default": False,
        "position": row.position,
        "conditions": as_written(kept, "conditions", row.conditions) or rule_conditions(row.conditions),
        "actions": as_written(kept, "actions", row.steps) or [rule_action(step) for step in row.steps],
        **({"category_id": str(row.category_id) if row.category_id else None} if path == "triggers" else {}),
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.saved_at),
    }


def _of(kind: Rule.Kind) -> Callable[[Call], QuerySet[Rule]]:
    return lambda call: rules(kind)


_ORDERS = {
    "position": "position", "id": "id", "title": "title", "alphabetical": "title", "created_at": "created_at",
    "updated_at": "saved_at",
}  # fmt: skip
TRIGGERS = Noun(
    "trigger", "triggers", "triggers", _of(Rule.Kind.TRIGGER), _present("triggers"), orders=_ORDERS
)
AUTOMATIONS = Noun(
    "automation", "automations", "automations", _of(Rule.Kind.AUTOMATION), _present("automations"),
    orders=_ORDERS,
)  # fmt: skip

"""Conditions and actions of triggers and automations, from the wire to ours. What has no meaning here is refused."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from opora.api.nouns.automation import (
    COMMENTS,
    MAY_BE_EMPTY,
    MEMBER_OPERATORS,
    NUMBERS_OF_ROLES,
    RECEIVERS,
    VALUES,
    WORD_FIELDS,
    WORD_OPERATORS,
)
from opora.api.nouns.locales import locale_of_number
from opora.api.wire.bodies import Json
from opora.api.wire.problems import invalid_record
from opora.api.writes.macros import own_action
from opora.automation.calls import CALL
from opora.core.refusals import Invalid
from opora.people.models import Person
from opora.tickets.conditions.registry import SYNONYMS
from opora.tickets.steps import step_kinds

_OWN_WORDS = {wire: own for own, wire in WORD_FIELDS.items()}
_OWN_OPERATORS = {wire: own for own, wire in WORD_OPERATORS.items()}
_OWN_MEMBERS = {wire: own for own, wire in MEMBER_OPERATORS.items()}
_OWN_NAMES = SYNONYMS | {"until_due_date": "hours_until_due"}
SEEN = "requester_can_see_comment"
"""What the requester can see is what is public here."""
_LETTERS = {wire: own for own, wire in RECEIVERS.items()}


def rule_tree(given: Json) -> Json | None:
    """Return the conditions that a rule was sent with, in our words; None where none were.

    They stand under `conditions`, or as `all` and `any` beside the title. Raises 422 for one that is none.
    """
    tree = written_tree(given)
    return {part: list(map(_condition, tree[part])) for part in ("all", "any")} if tree else None


def written_tree(given: Json) -> Json | None:
    """Return the conditions as they were sent, under `all` and `any`; None where none were."""
    tree = given.get("conditions")
    if tree is None:
        tree = {name: given[name] for name in ("all", "any") if given.get(name) is not None}
        if not tree:
            return None
    return {part: _rows(tree, part) for part in ("all", "any")}


def _rows(tree: Json, part: str) -> list[Json]:
    rows = tree.get(part) or []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise invalid_record("conditions", "need lists under all and any")
    return rows


def _condition(one: Json) -> Json:
    field, operator, value = one.get("field"), one.get("operator"), one.get("value")
    if not isinstance(field, str) or not isinstance(operator, str):
        raise invalid_record("conditions", "need a field and an operator")
    if field == "comment_is_public":
        return _about_comment(operator, value)
    if field in _OWN_WORDS:
        return {
            "field": _OWN_WORDS[field],
            "operator": _OWN_OPERATORS.get(operator, operator),
            "value": value,
        }
    if field.startswith("custom_fields_"):
        field = f"custom_field_{field.removeprefix('custom_fields_')}"
    own = _OWN_NAMES.get(field, field)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if own in MAY_BE_EMPTY and value == "":
        value = "none"
    if own == "within_schedule":
        operator = _OWN_MEMBERS.get(operator, operator)
    if own in {"role", "requester_role"}:
        value = NUMBERS_OF_ROLES.get(str(value), value)
    words = {wire: word for word, wire in VALUES.get(own, {}).items()}
    if own == "requester_language" and str(value).isdigit():
        value = locale_of_number(int(str(value)[:9])) or value
    return {
        "field": own,
        "operator": operator,
        "value": words.get(str(value), value) if isinstance(value, (str, int)) else value,
    }


def _about_comment(operator: str, value: Any) -> Json:
    word = str(value).lower()
    if operator == "is" and word == "not_relevant":
        return {"field": "comment", "operator": "present", "value": None}
    own = "public" if word == SEEN else {wire: word for word, wire in COMMENTS.items()}.get(word)
    if operator != "is" or own is None:
        raise invalid_record(
            "conditions", "comment_is_public can be compared by is, with true, false or not_relevant"
        )
    return {"field": "comment", "operator": "is", "value": own}


def rule_steps(given: Sequence[Json], *, by: Person) -> list[Json]:
    """Return the wire's actions as steps. Raises 422 for one that this desk does not do."""
    kinds = step_kinds(for_rules=True)
    return [_checked(_step(one, by, kinds), kinds) for one in given]


def _checked(step: Json, kinds: Any) -> Json:
    """The step with its value as it is kept."""
    try:
        return {"field": step["field"], "value": kinds[step["field"]].clean(step["value"])}
    except KeyError as problem:
        raise invalid_record("actions", f"{step['field']} is not supported") from problem
    except Invalid as refusal:
        raise invalid_record("actions", f"{step['field']}: {refusal.sentence}") from refusal


def _step(one: Json, by: Person, kinds: Any) -> Json:
    field, value = one.get("field"), one.get("value")
    if not isinstance(field, str):
        raise invalid_record("actions", "need a field and a value")
    if field in _READERS:
        return _READERS[field](value, by)
    if field in kinds and field not in {"status", "priority", "type"}:
        return {"field": field, "value": value}
    return own_action(field, value, by)


def _notification(value: Any, by: Person) -> Json:
    receiver, subject, text = _letter(value)
    if receiver in _LETTERS:
        return {"field": _LETTERS[receiver], "value": {"subject": subject, "text": text}}
    words = {"subject": subject, "text": text}
    if receiver == "assignee_id":
        return {"field": "mail_assignee", "value": words} if text else {"field": "tell_assignee", "value": ""}
    if receiver == "current_user":
        receiver = str(by.pk)
    if not text:
        return {"field": "tell_person", "value": receiver}
    return {"field": "mail_colleague", "value": {**words, "to": receiver}}


def _group_notification(value: Any, _by: Person) -> Json:
    receiver, subject, text = _letter(value)
    if receiver == "group_id":
        raise invalid_record("actions", "notification_group needs the number of a group")
    if not text:
        return {"field": "tell_group", "value": receiver}
    return {"field": "mail_group", "value": {"subject": subject, "text": text, "to": receiver}}


def _webhook_call(value: Any, _by: Person) -> Json:
    """A webhook and its body; other programs send the body as text, some of them as JSON."""
    parts = value if isinstance(value, list) else [value]
    if not parts or len(parts) > 2 or not isinstance(parts[0], str):
        raise invalid_record("actions", "a notification_webhook is [webhook id, body]")
    body = parts[1] if len(parts) > 1 else ""
    if not isinstance(body, str):
        body = json.dumps(body, ensure_ascii=False)
    return {"field": CALL, "value": {"webhook": parts[0], "body": body}}


def _letter(value: Any) -> tuple[str, str, str]:
    parts = value if isinstance(value, list) else [value]
    if not parts or len(parts) > 3 or any(isinstance(part, (dict, list)) for part in parts):
        raise invalid_record("actions", "a notification is [receiver, subject, text]")
    said = [str(part if part is not None else "") for part in [*parts, "", ""]]
    return said[0], said[1], said[2]


def _plain(own: str) -> Callable[[Any, Person], Json]:
    return lambda value, _by: {"field": own, "value": value}


_READERS: dict[str, Callable[[Any, Person], Json]] = {
    "notification_user": _notification,
    "notification_group": _group_notification,
    "notification_webhook": _webhook_call,
    "brand_id": _plain("brand"),
    "ticket_form_id": _plain("form"),
    "follower": _plain("add_follower"),
    "cc": _plain("add_cc"),
    "custom_status_id": _plain("status"),
}

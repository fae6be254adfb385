"""What conditions can ask about and what rules can do, by the names of the wire where it has any."""

from collections.abc import Iterable
from typing import Any

from opora.api.nouns.macros import ACTIONS
from opora.api.wire.bodies import Json
from opora.core.conditions.field import ConditionField
from opora.core.conditions.operators import VALUELESS, operator_label
from opora.tickets.conditions.registry import CUSTOM, SYNONYMS
from opora.tickets.steps.kinds import StepKind

_MADE_OF_WORDS = ("subject_includes_word", "comment_includes_word", "description_includes_word")
_NAMES = {own: wire for wire, own in SYNONYMS.items() if wire not in _MADE_OF_WORDS}
_NAMES |= {"hours_until_due": "until_due_date"}


def wire_name(own: str) -> str:
    """Return what the wire calls a field of conditions; what only this desk has keeps its name."""
    if own.startswith(CUSTOM):
        return f"custom_fields_{own.removeprefix(CUSTOM)}"
    return _NAMES.get(own, own)


def condition_definition(field: ConditionField, operators: Iterable[str]) -> Json:
    """Return how a field can be asked about."""
    return {
        "title": str(field.title),
        "subject": wire_name(field.name),
        "type": "list" if field.choices() else "text",
        "group": str(field.group),
        "nullable": False,
        "repeatable": True,
        "operators": [
            {"value": word, "title": operator_label(field.kind, word), "terminal": word in VALUELESS}
            for word in operators
        ],
        "values": _values(field.choices()),
    }


def step_definition(kind: StepKind) -> Json:
    """Return what a step of a rule can set, and to what."""
    name = kind.name
    custom = f"custom_fields_{name.removeprefix(CUSTOM)}" if name.startswith(CUSTOM) else None
    return {
        "title": str(kind.title),
        "subject": custom or ACTIONS.get(name, name),
        "type": "list" if kind.options() else "text",
        "group": str(kind.group),
        "nullable": not kind.control,
        "repeatable": True,
        "values": _values(kind.options()),
    }


def _values(choices: Any) -> list[Json]:
    return [{"value": word, "title": str(label), "enabled": True} for word, label in choices]

"""The account of a verdict that is kept in the log, and read again in any language."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from opora.core.conditions import ConditionField, Outcome, Verdict
from opora.core.conditions.sentence import of_condition
from opora.core.conditions.tree import read_condition
from opora.core.refusals import Invalid
from opora.tickets.conditions import TicketFields

LONGEST = 300


def account_of(verdict: Verdict) -> dict[str, list[dict[str, Any]]]:
    """Return each condition with the value that was seen, as JSON."""
    return {"all": [_row(row) for row in verdict.every], "any": [_row(row) for row in verdict.some]}


def _row(row: Outcome) -> dict[str, Any]:
    asked = row.condition
    return {
        "field": asked.field.name,
        "operator": asked.operator,
        "value": asked.value,
        "seen": _plain(row.value),
        "holds": row.holds,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, (frozenset, tuple, set)):
        return sorted(value, key=str)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value[:LONGEST] if isinstance(value, str) else value


def told(rows: list[dict[str, Any]], fields: TicketFields) -> list[dict[str, Any]]:
    """Return rows of an account with their sentences, in the reader's language."""
    return [
        {"sentence": _sentence(row, fields), "seen": _seen(row, fields), "holds": row["holds"]}
        for row in rows
    ]


def _sentence(row: dict[str, Any], fields: TicketFields) -> str:
    try:
        return of_condition(read_condition(row, fields))
    except Invalid as refusal:
        return refusal.sentence


def _seen(row: dict[str, Any], fields: TicketFields) -> str:
    field = fields.get(row["field"])
    return field.words(_restored(field, row["seen"])) if field else str(row["seen"])


def _restored(field: ConditionField, value: Any) -> Any:
    if value is None:
        return None
    if field.kind == "members":
        return tuple(value)
    if field.kind == "number":
        return Decimal(str(value))
    if field.kind in ("moment", "hours") and isinstance(value, str) and "T" in value:
        return datetime.fromisoformat(value)
    return value

"""Macros: prepared words and changes."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import as_written, kept_attributes
from opora.api.nouns.rules import status_word, wire_restriction
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.stamps import Stamps, stamps_of
from opora.api.wire.times import stamp
from opora.core.html import html_to_text
from opora.tickets.models import Macro

ACTIONS = {
    "assignee": "assignee_id", "group": "group_id", "priority": "priority", "type": "type", "tags": "set_tags",
    "add_tags": "current_tags", "remove_tags": "remove_tags",
    "brand": "brand_id", "form": "ticket_form_id", "add_follower": "follower", "add_cc": "cc",
}  # fmt: skip
"""What our steps are called on the wire, where they have another name there."""


def known_macros(call: Call) -> QuerySet[Macro]:
    return Macro.objects.filter(owner__isnull=True) | Macro.objects.filter(owner=call.person)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Macro.objects.in_bulk(ids)
    times, kept = stamps_of(call, "macro", ids), kept_attributes("macro", ids)
    return [_macro(call, rows[pk], times[pk], kept.get(pk, {})) for pk in ids if pk in rows]


def meaning(row: Macro) -> Json:
    """Return what a macro does, to be compared with what its actions meant when a program wrote them."""
    return {"actions": row.actions, "html": row.html, "is_note": row.is_note}


def _macro(call: Call, row: Macro, times: Stamps, kept: Json) -> Json:
    return {
        "url": call.url(f"macros/{row.pk}"),
        "id": row.pk,
        "title": row.title,
        "active": row.is_active,
        "updated_at": stamp(times[1]),
        "created_at": stamp(times[0]),
        "default": False,
        "position": row.position,
        "description": row.description or None,
        "actions": as_written(kept, "actions", meaning(row))
        or [*map(wire_action, row.actions), *_words(row)],
        "restriction": wire_restriction(row.owner_id, row.group_id),
        "raw_title": row.title,
    }


def wire_action(action: dict[str, Any]) -> Json:
    """Return one property change in the words of the wire."""
    field, value = action["field"], action["value"]
    if field == "status":
        return {"field": "status", "value": status_word(value)}
    if field == "assignee" and value == "me":
        return {"field": "assignee_id", "value": "current_user"}
    if field.startswith("custom_field_"):
        return {"field": f"custom_fields_{field.removeprefix('custom_field_')}", "value": value}
    if isinstance(value, list):
        value = " ".join(value)
    return {"field": ACTIONS.get(field, field), "value": None if value is None else str(value)}


def _words(row: Macro) -> list[Json]:
    if not row.html:
        return []
    mode = {"field": "comment_mode_is_public", "value": "false"}
    is_rich = "<" in row.html.replace("<p>", "").replace("</p>", "").replace("<br>", "")
    words = (
        {"field": "comment_value_html", "value": row.html}
        if is_rich
        else {"field": "comment_value", "value": html_to_text(row.html)}
    )
    return [words, mode] if row.is_note else [words]


MACROS = Noun(
    "macro", "macros", "macros", known_macros, _present,
    orders={"position": "position", "id": "id", "title": "title", "alphabetical": "title"},
)  # fmt: skip

"""Macros, and what they would do to a ticket."""

from typing import Any

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import keep_written
from opora.api.nouns.macros import MACROS, known_macros, meaning
from opora.api.nouns.rules import own_restriction
from opora.api.nouns.tickets import TICKETS
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import (
    FLAG,
    LONG_TEXT,
    OBJECT,
    OBJECTS,
    WHOLE,
    Body,
    Json,
    require_text,
    text,
)
from opora.api.wire.call import Call
from opora.api.wire.many import rows_to_change
from opora.api.wire.offers import offer_one, offer_show_many
from opora.api.wire.paging import list_of, whole_list
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.api.writes.macros import changes_of, own_actions, words_of
from opora.api.writes.tickets import ticket_to_change
from opora.tickets.actions.remove_configuration import remove_macro
from opora.tickets.actions.save_macro import save_macro
from opora.tickets.models import Macro

MACRO = Body(
    "macro",
    {
        "title": text(160), "description": LONG_TEXT, "active": FLAG, "position": WHOLE, "actions": OBJECTS,
        "restriction": OBJECT, "id": WHOLE,
    },
    ("title", "actions"),
)  # fmt: skip

offer_one(MACROS)
offer_show_many(MACROS)


@operation("GET", "macros")
def list_macros(call: Call) -> Json:
    """List macros: shared ones and the caller's own."""
    return list_of(call, MACROS, _chosen(call, known_macros(call)))


@operation("GET", "macros/active")
def active_macros(call: Call) -> Json:
    """List the macros in use."""
    return list_of(call, MACROS, _chosen(call, known_macros(call).filter(is_active=True)))


@operation("GET", "macros/search")
def search_macros(call: Call) -> Json:
    """Find macros by a part of their title."""
    return list_of(call, MACROS, known_macros(call).filter(title__icontains=call.param("query")))


@operation("GET", "macros/categories")
def macro_categories(call: Call) -> Json:
    """List the parts before "::" in titles of macros."""
    titles = known_macros(call).filter(is_active=True, title__contains="::").values_list("title", flat=True)
    return {"categories": sorted({title.split("::")[0] for title in titles})}


def _chosen(call: Call, rows: QuerySet[Macro]) -> QuerySet[Macro]:
    if call.param("active"):
        rows = rows.filter(is_active=call.param("active") == "true")
    if call.param("access") == "personal":
        rows = rows.filter(owner=call.person)
    if call.param("access") in {"shared", "account"}:
        rows = rows.filter(owner__isnull=True)
    if call.param("category"):
        rows = rows.filter(title__startswith=f"{call.param('category')}::")
    group_id = call.number("group_id")
    return rows.filter(group_id=group_id) if group_id else rows


@operation("POST", "macros", takes=MACRO)
def create_macro(call: Call) -> Answer:
    """Create a macro."""
    given = call.read(MACRO)
    require_text(given, "title")
    if not given.get("actions"):
        raise invalid_record("actions", "cannot be blank", "BlankValue")
    macro = save_macro(by=call.person, **{"position": 9999, **_columns(call, given, is_new=True)})
    _keep(macro, given)
    return created(call, MACROS, macro.pk)


@operation("PUT", "macros/{macro_id}", takes=MACRO)
def update_macro(call: Call, macro_id: int) -> Any:
    """Update a macro."""
    given = call.read(MACRO)
    macro = save_macro(MACROS.find(call, macro_id), by=call.person, **_columns(call, given))
    _keep(macro, given)
    return changed(call, MACROS, macro.pk)


@operation("DELETE", "macros/{macro_id}")
def delete_macro(call: Call, macro_id: int) -> Answer:
    """Remove a macro."""
    remove_macro(MACROS.find(call, macro_id), by=call.person)
    return NOTHING


@operation("DELETE", "macros/destroy_many")
def delete_macros(call: Call) -> Answer:
    """Remove several macros."""
    for macro in known_macros(call).filter(pk__in=call.ids()):
        remove_macro(macro, by=call.person)
    return NOTHING


@operation("PUT", "macros/update_many")
def update_macros(call: Call) -> Any:
    """Update several macros."""
    changes = rows_to_change(call, MACROS, MACRO)
    for macro, given in changes:
        save_macro(macro, by=call.person, **_columns(call, given))
        _keep(macro, given)
    return lambda: whole_list(call, MACROS, [macro.pk for macro, _given in changes])


def _keep(macro: Macro, given: Json) -> None:
    """Remember how the actions were written."""
    if given.get("actions") is not None:
        keep_written("macro", macro.pk, "actions", given["actions"], meaning(macro))


def _columns(call: Call, given: Json, *, is_new: bool = False) -> Json:
    names = {"title": "title", "description": "description", "active": "is_active", "position": "position"}
    if "description" in given:
        given["description"] = given["description"] or ""
    found: Json = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], 32_000))
    if len(found.get("description", "")) > 255:
        raise invalid_record("description", "is too long (maximum is 255 characters)", "ValueTooLong")
    if given.get("actions") is not None:
        found |= own_actions(given["actions"], by=call.person)
    if is_new or "restriction" in given:
        found |= own_restriction(given.get("restriction"), call.person)
    return found


@operation("GET", "macros/{macro_id}/apply")
def apply_macro(call: Call, macro_id: int) -> Json:
    """Show what a macro would change; nothing is saved."""
    macro = MACROS.find(call, macro_id)
    comment = words_of(macro, None, call.person)
    return {
        "result": {
            "ticket": {**changes_of(macro, by=call.person), **({"comment": comment} if comment else {})}
        }
    }


@operation("GET", "tickets/{ticket_id}/macros/{macro_id}/apply")
def apply_macro_to_ticket(call: Call, ticket_id: int, macro_id: int) -> Json:
    """Show the ticket as it would be after a macro; nothing is saved."""
    ticket, macro = ticket_to_change(ticket_id, by=call.person), MACROS.find(call, macro_id)
    shown = TICKETS.present(call, [ticket.pk])[0]
    shown.pop(
        "fields"
    )  # the vendor's description has an object here, its answers a list: `custom_fields` says it once
    changes = changes_of(macro, by=call.person, tags=shown["tags"])
    custom = {one["id"]: one["value"] for one in changes.pop("custom_fields", [])}
    for one in shown["custom_fields"]:
        one["value"] = custom.get(one["id"], one["value"])
    comment = words_of(macro, ticket, call.person)
    return {
        "result": {
            "ticket": {**shown, **changes, **({"comment": comment} if comment else {})},
            "comment": comment or {},
        }
    }

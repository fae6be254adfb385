"""Views as they are written through the API."""

from opora.api.actions.keep_attributes import keep_written
from opora.api.nouns.rules import own_restriction
from opora.api.nouns.tickets import TICKETS
from opora.api.nouns.views import COLUMNS, GROUPINGS, ORDER, SORTS
from opora.api.wire.bodies import ANY, FLAG, LONG_TEXT, OBJECT, TEXT, WHOLE, Body, Json, text
from opora.api.wire.problems import invalid_attribute, invalid_record
from opora.api.writes.rules import rule_tree
from opora.people.models import Person
from opora.tickets.models import View

VIEW = Body(
    "view",
    {
        "title": text(120), "raw_title": text(120), "description": LONG_TEXT, "active": FLAG, "position": WHOLE,
        "all": ANY, "any": ANY, "conditions": OBJECT, "output": OBJECT, "execution": OBJECT, "restriction": OBJECT,
        "id": ANY, "sort_by": TEXT, "sort_order": TEXT,
    },
    ("title",),
)  # fmt: skip
_WIRE_COLUMNS = {wire: own for own, (wire, _title) in COLUMNS.items()} | {"nice_id": "id"}
_WIRE_SORTS = {wire: own for own, wire in SORTS.items()} | {
    "ticket_id": "id",
    "id": "id",
    "created_at": "created_at",
}
_WIRE_GROUPINGS = {wire: own for own, wire in GROUPINGS.items()}


def view_conditions(given: Json) -> Json | None:
    """Return the conditions of a view in our words, None where none were sent. Raises 400 and 422 for what is none."""
    tree = _written(given)
    return None if tree is None else rule_tree({"conditions": tree})


def keep_view(view: View, given: Json) -> None:
    """Remember how conditions and order were written: several ways of writing mean the same here."""
    tree = _written(given)
    if tree is not None:
        keep_written("view", view.pk, "conditions", tree, view.conditions)
    output = {**(given.get("execution") or {}), **(given.get("output") or {})}
    order = {name: output[name] for name in ORDER if isinstance(output.get(name), str)}
    if (
        order.get("sort_by") in TICKETS.orders
        or order.get("sort_by") in SORTS.values()
        or "group_order" in order
    ):
        keep_written("view", view.pk, "order", order, [view.sort, view.group_by])


def _written(given: Json) -> Json | None:
    tree = given.get("conditions") or {}
    every, some = given.get("all", tree.get("all")), given.get("any", tree.get("any"))
    if every is None and some is None:
        return None
    for name, part in (("all", every), ("any", some)):
        if part is not None and not (isinstance(part, list) and all(isinstance(one, dict) for one in part)):
            raise invalid_attribute(name, "must be an array of objects")
    return {"all": every or [], "any": some or []}


def view_columns(given: Json, *, by: Person, is_new: bool = False) -> Json:
    """Return the columns of a view that the attributes name. Raises 422 for one that does not fit."""
    names = {"title": "title", "description": "description", "active": "is_active", "position": "position"}
    found: Json = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], 32_000))
    if len(found.get("description", "")) > 255:
        raise invalid_record("description", "is too long (maximum is 255 characters)", "ValueTooLong")
    if is_new or "restriction" in given:
        found |= own_restriction(given.get("restriction"), by)
    return found | view_output({**(given.get("execution") or {}), **(given.get("output") or {})})


def view_output(output: Json) -> Json:
    """Return columns, order and grouping; of what the desk cannot show or sort by nothing."""
    found: Json = {}
    if isinstance(output.get("columns"), list):
        asked = [one.get("id") if isinstance(one, dict) else one for one in output["columns"]]
        found["columns"] = [
            _WIRE_COLUMNS[name] for name in asked if isinstance(name, str) and name in _WIRE_COLUMNS
        ]
    if isinstance(output.get("sort_by"), str) and output["sort_by"] in _WIRE_SORTS:
        descending = output.get("sort_order", "desc") == "desc"
        found["sort"] = f"{'-' if descending else ''}{_WIRE_SORTS[output['sort_by']]}"
    if isinstance(output.get("group_by"), str) and output["group_by"] in _WIRE_GROUPINGS:
        found["group_by"] = _WIRE_GROUPINGS[output["group_by"]]
    return found

"""Views: saved lists, what they hold, how many."""

from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.groups import GROUPS
from opora.api.nouns.rules import own_conditions, own_restriction
from opora.api.nouns.tickets import TICKETS
from opora.api.nouns.users import USERS
from opora.api.nouns.views import COLUMNS, GROUPINGS, SORTS, VIEWS, execution, known_views, views_of
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import (
    ANY,
    FLAG,
    LONG_TEXT,
    OBJECT,
    TEXT,
    WHOLE,
    Body,
    Json,
    require_text,
    text,
    unwrap,
)
from opora.api.wire.call import Call
from opora.api.wire.many import rows_to_change
from opora.api.wire.offers import counted, offer_one, offer_show_many
from opora.api.wire.paging import list_of, tally, whole_list
from opora.api.wire.problems import invalid_attribute, invalid_record
from opora.api.wire.routing import operation
from opora.tickets.actions.save_view import delete_view as delete
from opora.tickets.actions.save_view import save_view
from opora.tickets.conditions import compile_conditions
from opora.tickets.lists import tickets_of_view
from opora.tickets.models import Ticket, View
from opora.tickets.queries import tickets_for

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

offer_one(VIEWS)
offer_show_many(VIEWS)


@operation("GET", "views")
def list_views(call: Call) -> Json:
    """List views: shared ones and the caller's own."""
    return list_of(call, VIEWS, _chosen(call, views_of(call)))


@operation("GET", "views/active")
def active_views(call: Call) -> Json:
    """List the views in use."""
    return list_of(call, VIEWS, views_of(call).filter(is_active=True))


@operation("GET", "views/compact")
def compact_views(call: Call) -> Json:
    """List the views in use, the first 32."""
    ids = list(
        views_of(call).filter(is_active=True).order_by("position", "id").values_list("pk", flat=True)[:32]
    )
    return whole_list(call, VIEWS, ids)


@operation("GET", "views/search")
def search_views(call: Call) -> Json:
    """Find views by a part of their title."""
    return list_of(call, VIEWS, views_of(call).filter(title__icontains=call.param("query")))


@operation("GET", "views/count")
def count_views(call: Call) -> Json:
    """Count views."""
    return counted(tally(views_of(call)))


def _chosen(call: Call, rows: QuerySet[View]) -> QuerySet[View]:
    if call.param("active"):
        rows = rows.filter(is_active=call.param("active") == "true")
    if call.param("access") == "personal":
        rows = rows.filter(owner=call.person)
    if call.param("access") == "shared":
        rows = rows.filter(owner__isnull=True)
    group_id = call.number("group_id")
    return rows.filter(group_id=group_id) if group_id else rows


@operation("POST", "views", takes=VIEW)
def create_view(call: Call) -> Answer:
    """Create a view."""
    given = call.read(VIEW)
    given["title"] = given.get("title") or given.get("raw_title")
    require_text(given, "title")
    conditions = _conditions(given)
    if conditions is None or not conditions["all"]:
        raise invalid_record("base", "A view needs at least one condition under all", "BlankValue")
    columns = {"conditions": conditions, "position": 9999, **_columns(call, given, is_new=True)}
    return created(call, VIEWS, save_view(by=call.person, **columns).pk)


@operation("PUT", "views/{view_id}", takes=VIEW)
def update_view(call: Call, view_id: int) -> Any:
    """Update a view."""
    view, given = VIEWS.find(call, view_id), call.read(VIEW)
    conditions = _conditions(given)
    changes = _columns(call, given) | ({"conditions": conditions} if conditions else {})
    return changed(call, VIEWS, save_view(view, by=call.person, **changes).pk)


@operation("DELETE", "views/{view_id}")
def delete_view(call: Call, view_id: int) -> Answer:
    """Remove a view."""
    delete(VIEWS.find(call, view_id), by=call.person)
    return NOTHING


@operation("DELETE", "views/destroy_many")
def delete_views(call: Call) -> Answer:
    """Remove several views."""
    for view in known_views(call).filter(pk__in=call.ids()):
        delete(view, by=call.person)
    return NOTHING


@operation("PUT", "views/update_many")
def update_views(call: Call) -> Any:
    """Update several views: their place, and whether they are in use."""
    changes = rows_to_change(call, VIEWS, VIEW)
    for view, given in changes:
        save_view(view, by=call.person, **_columns(call, given))
    return lambda: whole_list(call, VIEWS, [view.pk for view, _given in changes])


def _conditions(given: Json) -> Json | None:
    tree = given.get("conditions") or {}
    every, some = given.get("all", tree.get("all")), given.get("any", tree.get("any"))
    if every is None and some is None:
        return None
    for name, part in (("all", every), ("any", some)):
        if part is not None and not (isinstance(part, list) and all(isinstance(one, dict) for one in part)):
            raise invalid_attribute(name, "must be an array of objects")
    return own_conditions(every or [], some or [])


def _columns(call: Call, given: Json, *, is_new: bool = False) -> Json:
    names = {"title": "title", "description": "description", "active": "is_active", "position": "position"}
    found: Json = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], 32_000))
    if len(found.get("description", "")) > 255:
        raise invalid_record("description", "is too long (maximum is 255 characters)", "ValueTooLong")
    if is_new or "restriction" in given:
        found |= own_restriction(given.get("restriction"), call.person)
    return found | _output({**(given.get("execution") or {}), **(given.get("output") or {})})


def _output(output: Json) -> Json:
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


@operation("GET", "views/{view_id}/tickets")
def tickets_in_view(call: Call, view_id: int) -> Json:
    """List the tickets of a view, in its order unless another is asked for."""
    view = VIEWS.find(call, view_id)
    return list_of(call, TICKETS, tickets_of_view(view, call.person), order=_order(view))


def _order(view: View) -> str:
    """The view's order; the number where its column can be empty, for pages need a column that is always filled."""
    return view.sort if view.sort.lstrip("-") in {"id", "created_at", "updated_at"} else "-updated_at"


@operation("GET", "views/{view_id}/execute")
def execute_view(call: Call, view_id: int) -> Json:
    """Show the rows and columns of a view."""
    view = VIEWS.find(call, view_id)
    return _executed(call, view, tickets_of_view(view, call.person))


@operation("POST", "views/preview", takes=VIEW, in_update=False)
def preview_view(call: Call) -> Json:
    """Show the rows that a view would have; nothing is saved."""
    given = call.read_one(unwrap(call.body, "view"), VIEW)
    conditions = _conditions(given) or {"all": [], "any": []}
    view = View(title="preview", conditions=conditions, **_output(given.get("output") or {}))
    condition = compile_conditions(conditions, by=call.person)
    return _executed(call, view, tickets_for(call.person).filter(condition))


@operation("POST", "views/preview/count", takes=VIEW, in_update=False)
def count_preview(call: Call) -> Json:
    """Count the rows that a view would have."""
    given = call.read_one(unwrap(call.body, "view"), VIEW)
    condition = compile_conditions(_conditions(given) or {"all": [], "any": []}, by=call.person)
    value = tally(tickets_for(call.person).filter(condition))
    return {"view_count": {"view_id": None, "url": None, "value": value, "pretty": str(value), "fresh": True}}


def _executed(call: Call, view: View, rows: QuerySet[Ticket]) -> Json:
    listed = list_of(call, TICKETS, rows, key="rows", order=_order(view))
    shown = execution(view)
    tickets = listed.pop("rows")
    users = {pk for ticket in tickets for pk in (ticket["requester_id"], ticket["assignee_id"]) if pk}
    groups = {ticket["group_id"] for ticket in tickets if ticket["group_id"]}
    return {
        "rows": [_row(ticket, [column["id"] for column in shown["columns"]]) for ticket in tickets],
        "columns": shown["columns"],
        "view": {"id": view.pk, "url": call.url(f"views/{view.pk}") if view.pk else None},
        "users": USERS.present(call, sorted(users)),
        "groups": GROUPS.present(call, sorted(groups)),
        **listed,
    }


def _row(ticket: Json, columns: list[str]) -> Json:
    cells = {
        "subject": ticket["subject"], "created": ticket["created_at"], "updated": ticket["updated_at"],
        "status": ticket["status"], "priority": ticket["priority"], "type": ticket["type"], "group": ticket["group_id"],
        "requester": ticket["requester_id"], "assignee": ticket["assignee_id"], "due_date": ticket["due_at"],
        "brand": ticket["brand_id"], "ticket_id": ticket["id"], "description": ticket["description"],
    }  # fmt: skip
    row: Json = {
        "ticket_id": ticket["id"],
        "ticket": {
            name: ticket[name]
            for name in ("id", "subject", "description", "status", "type", "priority", "url")
        },
        "requester_id": ticket["requester_id"],
        "assignee_id": ticket["assignee_id"],
        "group_id": ticket["group_id"],
    }
    return row | {name: cells[name] for name in columns if name in cells}


@operation("GET", "views/{view_id}/count")
def count_view(call: Call, view_id: int) -> Json:
    """Count the tickets of a view."""
    return {"view_count": _counted(call, VIEWS.find(call, view_id))}


@operation("GET", "views/count_many")
def count_several_views(call: Call) -> Json:
    """Count the tickets of several views."""
    views = known_views(call).in_bulk(call.ids()[:20])
    return {"view_counts": [_counted(call, views[pk]) for pk in call.ids()[:20] if pk in views]}


def _counted(call: Call, view: View) -> Json:
    value = tally(tickets_of_view(view, call.person))
    return {
        "url": call.url(f"views/{view.pk}/count"),
        "view_id": view.pk,
        "value": value,
        "pretty": str(value),
        "fresh": True,
    }

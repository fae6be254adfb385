"""What views hold, and how many."""

from django.db.models import QuerySet

from opora.api.actions.export_view import queue_export
from opora.api.actions.keep_attributes import as_written, kept_attributes
from opora.api.nouns.groups import GROUPS
from opora.api.nouns.tickets import TICKETS
from opora.api.nouns.users import USERS
from opora.api.nouns.views import VIEWS, execution, known_views
from opora.api.wire.bodies import Json, unwrap
from opora.api.wire.call import Call
from opora.api.wire.paging import list_of, tally
from opora.api.wire.routing import operation
from opora.api.writes.views import VIEW, view_conditions, view_output
from opora.tickets.conditions import compile_conditions
from opora.tickets.lists import tickets_of_view
from opora.tickets.models import Ticket, View
from opora.tickets.queries import tickets_for


@operation("GET", "views/{view_id}/tickets")
def tickets_in_view(call: Call, view_id: int) -> Json:
    """List the tickets of a view, in its order unless another is asked for."""
    view = VIEWS.find(call, view_id)
    return list_of(call, TICKETS, tickets_of_view(view, call.person), order=_order(view))


def _order(view: View) -> str:
    """The order that a program asked for where tickets have it, else the view's own."""
    written = _written_order(view)
    column = TICKETS.orders.get(written.get("sort_by", ""), "")
    return f"{'-' if written.get('sort_order') == 'desc' else ''}{column}" if column else view.sort


def _written_order(view: View) -> Json:
    kept = kept_attributes("view", [view.pk]).get(view.pk, {}) if view.pk else {}
    return as_written(kept, "order", [view.sort, view.group_by]) or {}


@operation("GET", "views/{view_id}/execute")
def execute_view(call: Call, view_id: int) -> Json:
    """Show the rows and columns of a view."""
    view = VIEWS.find(call, view_id)
    return _executed(call, view, tickets_of_view(view, call.person))


@operation("GET", "views/{view_id}/export")
def export_rows(call: Call, view_id: int) -> Json:
    """Have the tickets of a view written into a CSV file, which is mailed to the caller."""
    view = VIEWS.find(call, view_id)
    queue_export(view, by=call.person)
    return {"export": {"view_id": view.pk, "status": "starting"}}


@operation("POST", "views/preview", takes=VIEW, in_update=False)
def preview_view(call: Call) -> Json:
    """Show the rows that a view would have; nothing is saved."""
    given = call.read_one(unwrap(call.body, "view"), VIEW)
    conditions = view_conditions(given) or {"all": [], "any": []}
    view = View(title="preview", conditions=conditions, **view_output(given.get("output") or {}))
    condition = compile_conditions(conditions, by=call.person)
    return _executed(call, view, tickets_for(call.person).filter(condition))


@operation("POST", "views/preview/count", takes=VIEW, in_update=False)
def count_preview(call: Call) -> Json:
    """Count the rows that a view would have."""
    given = call.read_one(unwrap(call.body, "view"), VIEW)
    condition = compile_conditions(view_conditions(given) or {"all": [], "any": []}, by=call.person)
    value = tally(tickets_for(call.person).filter(condition))
    return {"view_count": {"view_id": None, "url": None, "value": value, "pretty": str(value), "fresh": True}}


def _executed(call: Call, view: View, rows: QuerySet[Ticket]) -> Json:
    listed = list_of(call, TICKETS, rows, key="rows", order=_order(view))
    shown = execution(view, _written_order(view))
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

"""Views: saved lists of tickets."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from opora.api.actions.keep_attributes import as_written, kept_attributes
from opora.api.nouns.automation import rule_conditions
from opora.api.nouns.rules import wire_restriction
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.stamps import Stamps, stamps_of
from opora.api.wire.times import stamp
from opora.tickets.models import View

COLUMNS = {
    "subject": ("subject", "Subject"), "requester": ("requester", "Requester"), "status": ("status", "Status"),
    "priority": ("priority", "Priority"), "type": ("type", "Type"), "group": ("group", "Group"),
    "assignee": ("assignee", "Assignee"), "brand": ("brand", "Brand"), "tags": ("tags", "Tags"),
    "created_at": ("created", "Requested"), "updated_at": ("updated", "Updated"), "due_at": ("due_date", "Due Date"),
    "solved_at": ("solved", "Solved"), "id": ("ticket_id", "ID"), "replies": ("replies", "Replies"),
    "last_words": ("description", "Latest comment"),
}  # fmt: skip
"""Our columns as (id, title) of the wire."""
GROUPINGS = {
    "category": "status", "priority": "priority", "group_id": "group", "assignee_id": "assignee", "brand_id": "brand",
}  # fmt: skip
SORTS = {
    "id": "nice_id", "created_at": "created", "updated_at": "updated", "priority": "priority", "due_at": "due_date",
    "solved_at": "solved",
}  # fmt: skip
ORDER = ("sort_by", "sort_order", "group_by", "group_order")
"""The attributes of a view's execution that say its order."""
STANDARD = ("subject", "requester", "created_at", "updated_at", "status", "priority")


def views_of(call: Call) -> QuerySet[View]:
    """Return the views of the caller, in use or not."""
    mine = (
        Q(owner=call.person) | Q(owner=None, group=None) | Q(owner=None, group_id__in=call.person.group_ids)
    )
    return View.objects.filter(mine)


def known_views(call: Call) -> QuerySet[View]:
    """Return what the caller may see of views: shared ones in use or not, and their own."""
    return View.objects.filter(owner__isnull=True) | View.objects.filter(owner=call.person)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = View.objects.in_bulk(ids)
    times, kept = stamps_of(call, "view", ids), kept_attributes("view", ids)
    return [_view(call, rows[pk], times[pk], kept.get(pk, {})) for pk in ids if pk in rows]


def _view(call: Call, row: View, times: Stamps, kept: Json) -> Json:
    return {
        "url": call.url(f"views/{row.pk}"),
        "id": row.pk,
        "title": row.title,
        "active": row.is_active,
        "updated_at": stamp(times[1]),
        "created_at": stamp(times[0]),
        "default": False,
        "position": row.position,
        "description": row.description or None,
        "execution": execution(row, as_written(kept, "order", [row.sort, row.group_by]) or {}),
        "conditions": as_written(kept, "conditions", row.conditions) or rule_conditions(row.conditions),
        "restriction": wire_restriction(row.owner_id, row.group_id),
        "raw_title": row.title,
    }


def execution(row: View, written: Json) -> Json:
    """Return how the rows of a view are grouped and sorted, and what they show; the order as a program wrote it if it did."""
    columns = [column(name) for name in row.columns or STANDARD if name in COLUMNS]
    group = GROUPINGS.get(row.group_by)
    order: Json = {
        "group_by": group,
        "group_order": "asc" if group else "desc",
        "sort_by": SORTS.get(row.sort.lstrip("-")),
        "sort_order": "desc" if row.sort.startswith("-") else "asc",
    } | written
    sort = order["sort_by"]
    return {
        **order,
        "group": {**_titled(group), "order": order["group_order"]} if group else None,
        "sort": {**_titled(sort), "order": order["sort_order"]} if sort else None,
        "columns": columns,
        "fields": columns,
        "custom_fields": [],
    }


def column(name: str) -> Json:
    """Return one column of a view."""
    wire, title = COLUMNS[name]
    return {"id": wire, "title": title, "filterable": name in SORTS, "sortable": name in SORTS}


def _titled(wire: str) -> dict[str, Any]:
    wire = "ticket_id" if wire == "nice_id" else wire
    title = next((title for known, title in COLUMNS.values() if known == wire), wire.capitalize())
    return {"id": wire, "title": title, "filterable": True, "sortable": True}


VIEWS = Noun(
    "view", "views", "views", known_views, _present,
    orders={"position": "position", "id": "id", "title": "title", "alphabetical": "title"},
)  # fmt: skip

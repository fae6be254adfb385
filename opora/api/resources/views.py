"""Views: saved lists."""

from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.views import VIEWS, known_views, views_of
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import Json, require_text
from opora.api.wire.call import Call
from opora.api.wire.many import rows_to_change
from opora.api.wire.offers import counted, offer_one, offer_show_many
from opora.api.wire.paging import list_of, list_of_ids, tally, whole_list
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.api.writes.views import VIEW, keep_view, view_columns, view_conditions
from opora.tickets.actions.save_view import delete_view as delete
from opora.tickets.actions.save_view import save_view
from opora.tickets.models import View

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
    return list_of_ids(call, VIEWS, ids)


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
    conditions = view_conditions(given)
    if conditions is None or not conditions["all"]:
        raise invalid_record("base", "A view needs at least one condition under all", "BlankValue")
    columns = {"conditions": conditions, "position": 9999, **view_columns(given, by=call.person, is_new=True)}
    view = save_view(by=call.person, **columns)
    keep_view(view, given)
    return created(call, VIEWS, view.pk)


@operation("PUT", "views/{view_id}", takes=VIEW)
def update_view(call: Call, view_id: int) -> Any:
    """Update a view."""
    view, given = VIEWS.find(call, view_id), call.read(VIEW)
    conditions = view_conditions(given)
    changes = view_columns(given, by=call.person) | ({"conditions": conditions} if conditions else {})
    save_view(view, by=call.person, **changes)
    keep_view(view, given)
    return changed(call, VIEWS, view.pk)


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
        save_view(view, by=call.person, **view_columns(given, by=call.person))
        keep_view(view, given)
    return lambda: whole_list(call, VIEWS, [view.pk for view, _given in changes])

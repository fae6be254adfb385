"""The workspace: views, the list of one of them, tallies."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.tickets.lists import (
    COLUMNS,
    SORTS,
    STANDARD_COLUMNS,
    page_of_view,
    rows_for,
    tally,
    tickets_of_view,
)
from opora.tickets.models import View
from opora.tickets.queries import active_statuses, views_for


@require_GET
@colleagues_only
def workspace(request: DeskRequest) -> HttpResponse:
    """The first view, or a word of welcome where there is none."""
    first = views_for(request.user).first()
    if first is None:
        return render(request, "tickets/no_views.html", {"views": []})
    return redirect("tickets:view", first.pk)


@require_GET
@colleagues_only
def view_page(request: DeskRequest, view_id: int) -> HttpResponse:
    """The tickets of one view as a table; `?cursor=` gives the next rows alone."""
    views = list(views_for(request.user))
    view = _among(views, view_id)
    context = table_context(view, request.user, request.GET) | {"views": views}
    template = "tickets/_table_rows.html" if request.GET.get("cursor") else "tickets/view.html"
    return render(request, template, context)


@require_GET
@colleagues_only
def view_rows(request: DeskRequest, view_id: int) -> HttpResponse:
    """The list beside a ticket, refreshed."""
    view = get_object_or_404(views_for(request.user), pk=view_id)
    return render(request, "tickets/_list_rows.html", list_context(view, request.user, request.GET))


@require_GET
@colleagues_only
def tallies(request: DeskRequest) -> HttpResponse:
    """The views with the number of tickets in each."""
    views = list(views_for(request.user))
    for view in views:
        view.tally = tally(tickets_of_view(view, request.user))  # type: ignore[attr-defined]
    current = int(request.GET.get("current") or 0) if request.GET.get("current", "").isdigit() else 0
    return render(request, "tickets/_views_pane.html", {"views": views, "current": current, "counted": True})


def _among(views: list[View], view_id: int) -> View:
    """The view of this id, of those that the person sees anyway beside it."""
    for view in views:
        if view.pk == view_id:
            return view
    raise Http404


def table_context(view: View, person: Person, query: Any) -> dict[str, Any]:
    """Return what the table of a view shows."""
    sort = query.get("sort", "") or view.sort
    page = page_of_view(view, person, sort=sort, cursor=query.get("cursor", ""))
    names = [name for name in (view.columns or STANDARD_COLUMNS) if name in COLUMNS]
    return {
        "view": view,
        "current": view.pk,
        "sort": sort,
        "columns": [(name, COLUMNS[name]) for name in names],
        "sorts": SORTS,
        "rows": rows_for(page.rows, person, group_by=view.group_by),
        "next_cursor": page.next_cursor,
        "statuses": active_statuses(),
        "priority_words": ["urgent", "high", "normal", "low"],
    }


def list_context(view: View, person: Person, query: Any) -> dict[str, Any]:
    """Return what the list beside a ticket shows."""
    sort = query.get("sort", "") or view.sort
    page = page_of_view(view, person, sort=sort, cursor=query.get("cursor", ""))
    return {
        "view": view,
        "sort": sort,
        "rows": rows_for(page.rows, person, group_by=view.group_by),
        "next_cursor": page.next_cursor,
        "open_id": int(query.get("open") or 0) if str(query.get("open", "")).isdigit() else 0,
    }

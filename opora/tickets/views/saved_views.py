"""Making and changing views."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from opora.core.refusals import Invalid
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.save_view import delete_view, save_view
from opora.tickets.conditions import OPERATORS, compile_conditions, condition_fields
from opora.tickets.lists import COLUMNS, GROUPINGS, MOST_COUNTED, SORTS, STANDARD_COLUMNS, tally
from opora.tickets.models import View
from opora.tickets.queries import tickets_for, views_for

SHARE = "views.share"


@require_http_methods(["GET", "POST"])
@colleagues_only
def new_view(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@colleagues_only
def edit_view(request: DeskRequest, view_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(views_for(request.user), pk=view_id))


@require_POST
@colleagues_only
def view_deletion(request: DeskRequest, view_id: int) -> HttpResponse:
    delete_view(get_object_or_404(views_for(request.user), pk=view_id), by=request.user)
    return redirect("tickets:workspace")


@require_POST
@colleagues_only
def preview(request: DeskRequest) -> HttpResponse:
    """How many tickets fit the conditions as they stand in the form."""
    found = tickets_for(request.user).filter(
        compile_conditions(read_conditions(request.POST), by=request.user)
    )
    count = tally(found)
    if count >= MOST_COUNTED:
        return HttpResponse(_("999+ tickets fit"))
    return HttpResponse(ngettext("%(count)d ticket fits", "%(count)d tickets fit", count) % {"count": count})


def _edit(request: DeskRequest, view: View | None) -> HttpResponse:
    if request.method == "GET":
        return render(request, "tickets/view_form.html", _form_context(request, view))
    try:
        saved = save_view(view, by=request.user, **_fields(request, view))
    except Invalid as refusal:
        context = _form_context(request, view) | {"problem": refusal.sentence}
        return render(request, "tickets/view_form.html", context, status=422)
    return redirect("tickets:view", saved.pk)


def _fields(request: DeskRequest, view: View | None) -> dict[str, Any]:
    given = request.POST
    shared = (
        given.get("shared") == "on" if SHARE in request.user.allowed else bool(view and view.owner_id is None)
    )
    sort = given.get("sort", "updated_at")
    if sort not in SORTS or given.get("group_by", "") not in GROUPINGS:
        raise Invalid(_("Choose an order and a grouping from the lists."))
    return {
        "title": given.get("title", "").strip()[:120],
        "conditions": read_conditions(given),
        "sort": f"-{sort}" if given.get("descending") == "on" else sort,
        "group_by": given.get("group_by", ""),
        "columns": [name for name in given.getlist("columns") if name in COLUMNS],
        "owner": None if shared else request.user,
    }


def read_conditions(given: Any) -> dict[str, list[dict[str, Any]]]:
    """Return the conditions of the editor: rows of field, operator and value under `all` and under `any`."""
    tree: dict[str, list[dict[str, Any]]] = {}
    for part in ("all", "any"):
        names = given.getlist(f"{part}-field")
        operators, values = given.getlist(f"{part}-operator"), given.getlist(f"{part}-value")
        if not len(names) == len(operators) == len(values):
            raise Invalid(_("A condition is incomplete. Fill it in or remove it."))
        rows = zip(names, operators, values, strict=True)
        tree[part] = [
            {"field": name, "operator": operator, "value": value} for name, operator, value in rows if name
        ]
    return tree


def _form_context(request: DeskRequest, view: View | None) -> dict[str, Any]:
    fields = [
        {
            "name": field.name,
            "title": str(field.title),
            "kind": field.kind,
            "operators": list(field.operators),
            "choices": [[value, str(label)] for value, label in field.choices()],
        }
        for field in condition_fields().values()
    ]
    unsolved = {"field": "status", "operator": "less_than", "value": "solved"}
    return {
        "view": view,
        "title": request.POST.get("title") or (view.title if view else ""),
        "sort": (view.sort if view else "-updated_at").lstrip("-"),
        "descending": view.sort.startswith("-") if view else True,
        "group_by": view.group_by if view else "",
        "views": views_for(request.user),
        "condition_fields": fields,
        "operator_words": {name: str(word) for name, word in OPERATORS.items()},
        "conditions": view.conditions if view else {"all": [unsolved], "any": []},
        "columns": [
            (name, label, name in (view.columns if view and view.columns else STANDARD_COLUMNS))
            for name, label in COLUMNS.items()
        ],
        "parts": [
            {"name": "all", "title": _("All of these hold")},
            {"name": "any", "title": _("And at least one of these, if there are any")},
        ],
        "sorts": SORTS,
        "groupings": GROUPINGS,
        "may_share": SHARE in request.user.allowed,
    }

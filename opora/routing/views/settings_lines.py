"""Settings: the groups that take escalations, and what each wants to know."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, permission_required
from opora.people.models import Person
from opora.routing.actions.save_line import Item, remove_line, save_line
from opora.routing.escalations import lines
from opora.routing.models import ChecklistItem, Line
from opora.routing.policy import SETTINGS
from opora.routing.settings_forms import ItemForm, LineForm
from opora.tickets.views.settings_order import moved


@require_GET
@permission_required(SETTINGS)
def line_list(request: DeskRequest) -> HttpResponse:
    return render(request, "routing/settings/lines.html", {"lines": lines().prefetch_related("items")})


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def new_line(request: DeskRequest) -> HttpResponse:
    form = LineForm(request.POST or None)
    made = attempt(form, lambda given: save_line(given.pop("group"), by=request.user, **given))
    if made:
        messages.success(request, _("Saved"))
        return redirect("routing:line", made.pk)
    return render(request, "routing/settings/line.html", {"form": form, "line": None}, status=status_of(form))


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def line(request: DeskRequest, line_id: int) -> HttpResponse:
    """How the group takes escalations, and its checklist."""
    row = get_object_or_404(lines(), pk=line_id)
    form = LineForm(request.POST or None, initial=_initial(row))
    form.fields.pop("group")
    if attempt(form, lambda given: save_line(row.group, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("routing:line", row.pk)
    context = {
        "form": form,
        "line": row,
        "items": list(row.items.all()),
        "item_form": ItemForm(auto_id="new_%s"),
    }
    return render(request, "routing/settings/line.html", context, status=status_of(form))


@require_POST
@permission_required(SETTINGS)
def line_items(request: DeskRequest, line_id: int) -> HttpResponse:
    """Add an item to the checklist, move one, or take one away."""
    row = get_object_or_404(lines(), pk=line_id)
    _change_items(row, request.POST, request.user)
    return redirect("routing:line", row.pk)


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def item(request: DeskRequest, item_id: int) -> HttpResponse:
    """One item of a checklist as a form."""
    row = get_object_or_404(ChecklistItem.objects.select_related("line__group"), pk=item_id)
    form = ItemForm(request.POST or None, initial=vars(_kept(row)))
    if attempt(form, lambda given: _change_item(row, given, request.user)):
        messages.success(request, _("Saved"))
        return redirect("routing:line", row.line_id)
    return render(request, "routing/settings/item.html", {"form": form, "item": row}, status=status_of(form))


@require_POST
@permission_required(SETTINGS)
def line_removal(request: DeskRequest, line_id: int) -> HttpResponse:
    removed = remove_line(get_object_or_404(lines(), pk=line_id), by=request.user)
    messages.success(request, _("%(group)s takes no escalations any more") % {"group": removed.group})
    return redirect("routing:lines")


def _initial(row: Line) -> dict[str, Any]:
    return {"tier": row.tier, "takes_over": row.takes_over, "guidance": row.guidance}


def _change_items(row: Line, given: QueryDict, by: Person) -> None:
    items = list(row.items.all())
    if "remove" in given:
        items = [item for item in items if str(item.pk) != given["remove"]]
    elif "up" in given or "down" in given:
        items = moved(items, given)
    wanted = [_kept(item) for item in items]
    form = ItemForm(given)
    if "title" in given and form.is_valid():
        wanted.append(Item(**form.cleaned_data))
    save_line(row.group, by=by, items=wanted)


def _change_item(changed: ChecklistItem, given: dict[str, Any], by: Person) -> Line:
    items = [
        Item(id=row.pk, **given) if row.pk == changed.pk else _kept(row) for row in changed.line.items.all()
    ]
    return save_line(changed.line.group, by=by, items=items)


def _kept(row: ChecklistItem) -> Item:
    return Item(id=row.pk, title=row.title, kind=row.kind, hint=row.hint, is_required=row.is_required)

"""Custom fields: the list in its order, the form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.text import slugify_name
from opora.core.uses import warn_of_uses
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.actions.save_field import CHOICES, options_from_lines, save_field
from opora.tickets.models import TicketField
from opora.tickets.settings_forms import FieldForm
from opora.tickets.views.settings_order import moved

PERMISSION = "settings.tickets"


@require_GET
@permission_required(PERMISSION)
def fields(request: DeskRequest) -> HttpResponse:
    rows = TicketField.objects.prefetch_related("forms")
    return render(request, "tickets/settings/fields.html", {"fields": rows})


@require_POST
@permission_required(PERMISSION)
def field_order(request: DeskRequest) -> HttpResponse:
    """Put a field, or all of them, in another place."""
    put_in_order(moved(TicketField.objects.all(), request.POST), save=save_field, by=request.user)
    return redirect("tickets:fields")


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def new_field(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def field(request: DeskRequest, field_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(TicketField, pk=field_id))


def _edit(request: DeskRequest, row: TicketField | None) -> HttpResponse:
    form = FieldForm(request.POST or None, initial=_initial(row))
    saved = attempt(
        form, lambda given: save_field(row, by=request.user, **_values(given, is_new=row is None))
    )
    if saved:
        warn_of_uses(request, saved)
        messages.success(request, _("Saved"))
        return redirect("tickets:fields")
    return render(
        request, "tickets/settings/field.html", {"form": form, "field": row}, status=status_of(form)
    )


def _initial(row: TicketField | None) -> dict[str, Any]:
    if row is None:
        return {"is_active": True, "is_editable_by_customers": True}
    return initial_of(row, FieldForm) | {"options": "\n".join(map(_line, row.options))}


def _line(option: dict[str, str]) -> str:
    """An option as it is edited: its value stands beside the name unless it follows from it."""
    value, name = option["value"], option["name"]
    return name if slugify_name(name).replace("-", "_") == value else f"{value} = {name}"


def _values(given: dict[str, Any], *, is_new: bool) -> dict[str, Any]:
    lines = given["options"] if given["type"] in CHOICES else ""
    last = {"position": TicketField.objects.count()} if is_new else {}
    return given | {"options": options_from_lines(lines)} | last

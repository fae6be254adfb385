"""Statuses: the desk's own steps within the six categories."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.uses import warn_of_uses
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.tickets.actions.make_default_status import make_default_status
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.actions.save_status import save_status
from opora.tickets.models import Category, Status
from opora.tickets.settings_forms import NewStatusForm, StandardStatusForm, StatusForm
from opora.tickets.views.settings_order import asked_row, moved

PERMISSION = "settings.tickets"


@require_GET
@permission_required(PERMISSION)
def statuses(request: DeskRequest) -> HttpResponse:
    rows = list(Status.objects.all())
    chapters = [(category, [row for row in rows if row.category == category]) for category in Category]
    return render(request, "tickets/settings/statuses.html", {"chapters": chapters})


@require_POST
@permission_required(PERMISSION)
def status_order(request: DeskRequest) -> HttpResponse:
    """Put a status, or all of them, in another place within their category."""
    wanted = asked_row(request.POST)[:18]
    row = get_object_or_404(Status, pk=wanted if wanted.isdecimal() else 0, is_default=False)
    within = Status.objects.filter(category=row.category, is_default=False)
    put_in_order(moved(within, request.POST), save=save_status, by=request.user)
    return redirect("tickets:statuses")


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def new_status(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def status(request: DeskRequest, status_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Status, pk=status_id))


@require_POST
@permission_required(PERMISSION)
def default_status(request: DeskRequest, status_id: int) -> HttpResponse:
    """Make the status the standard one of its category."""
    row = make_default_status(get_object_or_404(Status, pk=status_id), by=request.user)
    messages.success(request, _("“%(name)s” is the standard status now") % {"name": row})
    return redirect("tickets:statuses")


def _edit(request: DeskRequest, row: Status | None) -> HttpResponse:
    kind = NewStatusForm if row is None else StandardStatusForm if row.is_default else StatusForm
    initial = (
        initial_of(row, kind) if row else {"is_active": True, "category": request.GET.get("category", "")}
    )
    form = kind(request.POST or None, initial=initial)
    saved = attempt(form, lambda given: _save(row, given, request))
    if saved:
        warn_of_uses(request, saved)
        messages.success(request, _("Saved"))
        return redirect("tickets:statuses")
    context = {"form": form, "status": row}
    return render(request, "tickets/settings/status.html", context, status=status_of(form))


def _save(row: Status | None, given: dict[str, Any], request: DeskRequest) -> Status:
    if row is None:
        given["position"] = Status.objects.filter(category=given["category"], is_default=False).count()
    return save_status(row, by=request.user, **given)

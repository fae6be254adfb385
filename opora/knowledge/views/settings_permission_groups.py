"""Settings: who may write and publish some articles."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.knowledge.actions.save_permission_group import remove_permission_group, save_permission_group
from opora.knowledge.models import PermissionGroup
from opora.knowledge.policy import ARRANGE
from opora.knowledge.queries import permission_groups
from opora.knowledge.settings_forms import PermissionGroupForm, initial_of_permission_group
from opora.people.doors import DeskRequest, permission_required


@require_GET
@permission_required(ARRANGE)
def group_list(request: DeskRequest) -> HttpResponse:
    return render(request, "knowledge/settings/permission_groups.html", {"rows": permission_groups()})


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def new_group(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(ARRANGE)
def group(request: DeskRequest, permission_group_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(PermissionGroup, pk=permission_group_id))


@require_POST
@permission_required(ARRANGE)
def group_removal(request: DeskRequest, permission_group_id: int) -> HttpResponse:
    row = get_object_or_404(PermissionGroup, pk=permission_group_id)
    remove_permission_group(row, by=request.user)
    messages.success(request, _("Removed “%(name)s”") % {"name": row})
    return redirect("knowledge:permission_groups")


def _edit(request: DeskRequest, row: PermissionGroup | None) -> HttpResponse:
    form = PermissionGroupForm(request.POST or None, initial=initial_of_permission_group(row))
    if attempt(form, lambda given: save_permission_group(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("knowledge:permission_groups")
    context = {"form": form, "row": row}
    return render(request, "knowledge/settings/permission_group.html", context, status=status_of(form))

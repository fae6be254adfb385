"""Roles and what they allow."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.actions.remove_role import remove_role
from opora.people.actions.save_role import save_role
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.people.models import Role
from opora.people.permissions import PERMISSIONS
from opora.people.policy import may_grant
from opora.people.settings_forms import AdministratorRoleForm, RoleForm


@require_GET
@permission_required("settings.people")
def roles(request: DeskRequest) -> HttpResponse:
    rows = Role.objects.annotate(size=Count("people", filter=Q(people__is_active=True)))
    return render(request, "people/settings/roles.html", {"roles": rows, "all_permissions": len(PERMISSIONS)})


@require_http_methods(["GET", "POST"])
@permission_required("settings.people")
def new_role(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required("settings.people")
def role(request: DeskRequest, role_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(Role, pk=role_id))


@require_POST
@permission_required("settings.people")
def role_removal(request: DeskRequest, role_id: int) -> HttpResponse:
    """Remove a role that nobody has."""
    row = get_object_or_404(Role, pk=role_id)
    remove_role(row, by=request.user)
    messages.success(request, _("Removed the role “%(name)s”") % {"name": row.name})
    return redirect("people:roles")


def _edit(request: DeskRequest, row: Role | None) -> HttpResponse:
    kind = AdministratorRoleForm if row and row.kind == Role.Kind.ADMINISTRATOR else RoleForm
    initial = initial_of(row, kind) if row else {"ticket_access": Role.Access.GROUPS}
    form = kind(request.POST or None, initial=initial)
    if attempt(form, lambda given: save_role(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("people:roles")
    within = row is None or may_grant(request.user, row)
    context: dict[str, Any] = {"form": form, "role": row, "within": within, "own": request.user.allowed}
    if row and row.kind == Role.Kind.CUSTOM:
        context["holders"] = row.people.count()
    return render(request, "people/settings/role.html", context, status=status_of(form))

"""Groups and their members."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people import queries
from opora.people.actions.save_group import remove_group, save_group
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.people.models import Group, Membership
from opora.people.settings_forms import GroupForm


@require_GET
@permission_required("settings.people")
def groups(request: DeskRequest) -> HttpResponse:
    active = (
        Membership.objects.filter(person__is_active=True).select_related("person").order_by("person__name")
    )
    rows = queries.groups().prefetch_related(Prefetch("memberships", queryset=active))
    return render(request, "people/settings/groups.html", {"groups": rows})


@require_http_methods(["GET", "POST"])
@permission_required("settings.people")
def new_group(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required("settings.people")
def group(request: DeskRequest, group_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(queries.groups(), pk=group_id))


@require_POST
@permission_required("settings.people")
def group_removal(request: DeskRequest, group_id: int) -> HttpResponse:
    """Take a group out of use."""
    removed = remove_group(get_object_or_404(queries.groups(), pk=group_id), by=request.user)
    messages.success(request, _("Removed the group “%(name)s”") % {"name": removed.name})
    return redirect("people:groups")


def _edit(request: DeskRequest, row: Group | None) -> HttpResponse:
    form = GroupForm(request.POST or None, initial=_initial(row))
    if attempt(form, lambda given: save_group(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("people:groups")
    return render(request, "people/settings/group.html", {"form": form, "group": row}, status=status_of(form))


def _initial(row: Group | None) -> dict[str, Any]:
    if row is None:
        return {}
    return initial_of(row, GroupForm) | {"members": list(row.memberships.values_list("person_id", flat=True))}

"""Policies: the list in its order, the editor, the versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, permission_required
from opora.sla.actions.rerate import rerate, tickets_running
from opora.sla.actions.save_policy import policies, remove_policy, save_policy
from opora.sla.content import Content
from opora.sla.feasibility import doubts_about
from opora.sla.forms import PRIORITIES, PolicyForm, initial_of
from opora.sla.models import SlaPolicy
from opora.sla.policy import CHANGE
from opora.sla.queries import policy_rows, uncovered_count, version_rows
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.views.settings_order import moved


@require_GET
@permission_required(CHANGE)
def policy_list(request: DeskRequest) -> HttpResponse:
    return render(request, "sla/policies.html", {"rows": policy_rows(), "uncovered": uncovered_count()})


@require_POST
@permission_required(CHANGE)
def policy_order(request: DeskRequest) -> HttpResponse:
    put_in_order(moved(policies(), request.POST), save=save_policy, by=request.user)
    return redirect("sla:policies")


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def new_policy(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def policy(request: DeskRequest, policy_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(policies(), pk=policy_id))


@require_GET
@permission_required(CHANGE)
def versions(request: DeskRequest, policy_id: int) -> HttpResponse:
    row = get_object_or_404(policies(), pk=policy_id)
    return render(request, "sla/versions.html", {"policy": row, "versions": version_rows(row)})


@require_POST
@permission_required(CHANGE)
def removal(request: DeskRequest, policy_id: int) -> HttpResponse:
    row = get_object_or_404(policies(), pk=policy_id)
    remove_policy(row, by=request.user)
    messages.success(request, _("Removed the policy “%(name)s”") % {"name": row.name})
    return redirect("sla:policies")


def _edit(request: DeskRequest, row: SlaPolicy | None) -> HttpResponse:
    running = tickets_running(row).count() if row else 0
    form = PolicyForm(request.POST or None, initial=_initial(row), running=running)
    saved = attempt(form, lambda given: _save(request, row, form, given))
    if saved:
        messages.success(request, _("Saved"))
        doubts = doubts_about(form.content, saved)
        for doubt in doubts:
            messages.warning(request, doubt)
        return redirect("sla:policy", saved.pk) if doubts else redirect("sla:policies")
    doubts = doubts_about(_newest(row), row) if row else []
    context = {"form": form, "policy": row, "priorities": PRIORITIES, "doubts": doubts}
    return render(request, "sla/policy.html", context, status=status_of(form))


def _save(request: DeskRequest, row: SlaPolicy | None, form: PolicyForm, given: dict[str, Any]) -> SlaPolicy:
    saved = save_policy(
        row, by=request.user, content=form.content, name=given["name"], is_active=given["is_active"]
    )
    if row is not None and given["running"] == "take":
        rerate(saved, by=request.user)
    return saved


def _newest(row: SlaPolicy) -> Content:
    return Content.from_json(row.versions.order_by("-number")[0].content)


def _initial(row: SlaPolicy | None) -> dict[str, Any]:
    if row is None:
        return {"is_active": True, "default_priority": 2, "preset": "opora"}
    return initial_of(_newest(row)) | {"name": row.name, "is_active": row.is_active}

"""Settings: skills, who has them, and which tickets need them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.routing.actions.save_requirement import remove_requirement, save_requirement
from opora.routing.actions.save_skill import remove_skill, save_skill
from opora.routing.models import Requirement, Skill
from opora.routing.policy import SETTINGS
from opora.routing.queries import requirements, skill_matrix, skills
from opora.routing.settings_forms import RequirementForm, SkillForm
from opora.tickets.conditions import describe


@require_GET
@permission_required(SETTINGS)
def skill_list(request: DeskRequest) -> HttpResponse:
    """The matrix of skills and people, and the rules beneath."""
    rules = [(rule, describe(rule.conditions)) for rule in requirements()]
    context = {"skills": skills(), "matrix": skill_matrix(), "rules": rules}
    return render(request, "routing/settings/skills.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def new_skill(request: DeskRequest) -> HttpResponse:
    return _edit_skill(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def skill(request: DeskRequest, skill_id: int) -> HttpResponse:
    return _edit_skill(request, get_object_or_404(skills(), pk=skill_id))


@require_POST
@permission_required(SETTINGS)
def skill_removal(request: DeskRequest, skill_id: int) -> HttpResponse:
    row = get_object_or_404(skills(), pk=skill_id)
    name = row.name
    remove_skill(row, by=request.user)
    messages.success(request, _("Removed the skill “%(name)s”") % {"name": name})
    return redirect("routing:skills")


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def new_requirement(request: DeskRequest) -> HttpResponse:
    return _edit_requirement(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def requirement(request: DeskRequest, requirement_id: int) -> HttpResponse:
    return _edit_requirement(request, get_object_or_404(requirements(), pk=requirement_id))


@require_POST
@permission_required(SETTINGS)
def requirement_removal(request: DeskRequest, requirement_id: int) -> HttpResponse:
    remove_requirement(get_object_or_404(requirements(), pk=requirement_id), by=request.user)
    messages.success(request, _("Removed"))
    return redirect("routing:skills")


def _edit_skill(request: DeskRequest, row: Skill | None) -> HttpResponse:
    form = SkillForm(request.POST or None, initial=initial_of(row, SkillForm) if row else {})
    if attempt(form, lambda given: save_skill(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("routing:skills")
    return render(
        request, "routing/settings/skill.html", {"form": form, "skill": row}, status=status_of(form)
    )


def _edit_requirement(request: DeskRequest, row: Requirement | None) -> HttpResponse:
    form = RequirementForm(request.POST or None, initial=_initial(request, row))
    if attempt(form, lambda given: save_requirement(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("routing:skills")
    context = {"form": form, "rule": row}
    return render(request, "routing/settings/requirement.html", context, status=status_of(form))


def _initial(request: DeskRequest, row: Requirement | None) -> dict[str, Any]:
    if row is None:
        return {"skill": request.GET.get("skill", "")}
    return initial_of(row, RequirementForm) | {"skill": row.skill_id}

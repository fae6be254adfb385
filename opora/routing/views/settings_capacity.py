"""Settings: how much people can have, what tickets weigh, and presence."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opora.core.attempts import attempt, status_of
from opora.events.recording import update
from opora.people.doors import DeskRequest, permission_required
from opora.people.models import Person, Role
from opora.routing.actions.save_capacity import save_capacity
from opora.routing.actions.save_routing_settings import save_routing_settings
from opora.routing.capacities import desk_capacity
from opora.routing.channels import WAYS
from opora.routing.models import Capacity
from opora.routing.policy import SETTINGS
from opora.routing.queries import capacity_rules
from opora.routing.settings_forms import CapacityForm, WaysForm
from opora.routing.weights import routing_settings


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def capacity(request: DeskRequest) -> HttpResponse:
    """The rule of the desk and the weights; the exceptions of roles and people beneath."""
    form = CapacityForm(request.POST or None, initial=_initial())
    if attempt(form, lambda given: _save(form, request.user)):
        messages.success(request, _("Saved"))
        return redirect("routing:capacity")
    context = {"form": form, **capacity_rules()}
    return render(request, "routing/settings/capacity.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@permission_required(SETTINGS)
def role_capacity(request: DeskRequest, role_id: int) -> HttpResponse:
    """The exception of a role."""
    role = get_object_or_404(Role, pk=role_id)
    rule = Capacity.objects.filter(role=role).first()
    form = WaysForm(request.POST or None, initial={way: getattr(rule, way) for way in WAYS if rule})
    if attempt(form, lambda given: save_capacity(role, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("routing:capacity")
    context = {"form": form, "role": role}
    return render(request, "routing/settings/role_capacity.html", context, status=status_of(form))


def _initial() -> dict[str, Any]:
    settings, rule = routing_settings(), desk_capacity()
    factors = {
        f"{kind}_{word}": weight for kind, words in settings.weights.items() for word, weight in words.items()
    }
    return {
        **factors,
        **{way: getattr(rule, way) for way in WAYS},
        "idle_minutes": settings.idle_minutes,
        "away_reasons": "\n".join(settings.away_reasons),
    }


def _save(form: CapacityForm, by: Person) -> Capacity:
    given = form.cleaned_data
    with update(by):
        save_routing_settings(
            by=by, weights=form.weights(), idle_minutes=given["idle_minutes"], away_reasons=form.reasons()
        )
        return save_capacity(None, by=by, **{way: given[way] for way in WAYS})

"""Forms of tickets: which fields each has, in which order."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.refusals import Invalid, NotFound
from opora.core.uses import warn_of_uses
from opora.people.doors import DeskRequest, permission_required
from opora.people.forms import initial_of
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.actions.save_form import save_form
from opora.tickets.field_rules_forms import FieldRuleForm, rule_parts
from opora.tickets.form_rules import Audience, FieldRule, kept_rules, rules_of
from opora.tickets.models import TicketField, TicketForm
from opora.tickets.settings_forms import FormForm
from opora.tickets.views.settings_order import moved

PERMISSION = "settings.tickets"
_RULES = {"agents": "agent_rules", "customers": "customer_rules"}


@require_GET
@permission_required(PERMISSION)
def ticket_forms(request: DeskRequest) -> HttpResponse:
    rows = TicketForm.objects.prefetch_related("places__field")
    return render(request, "tickets/settings/forms.html", {"forms": rows})


@require_POST
@permission_required(PERMISSION)
def form_order(request: DeskRequest) -> HttpResponse:
    """Put a form, or all of them, in another place."""
    put_in_order(moved(TicketForm.objects.all(), request.POST), save=save_form, by=request.user)
    return redirect("tickets:forms")


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def new_form(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(PERMISSION)
def ticket_form(request: DeskRequest, form_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(TicketForm, pk=form_id))


@require_POST
@permission_required(PERMISSION)
def form_fields(request: DeskRequest, form_id: int) -> HttpResponse:
    """Add a field to the form, take one away, or move one."""
    row = get_object_or_404(TicketForm, pk=form_id)
    save_form(row, by=request.user, ticket_fields=_wanted(_fields_on(row), request))
    return redirect("tickets:form", row.pk)


@require_POST
@permission_required(PERMISSION)
def form_rules(request: DeskRequest, form_id: int, audience: Audience) -> HttpResponse:
    """Add a condition between fields of the form, or take one away."""
    if audience not in _RULES:
        raise NotFound(_("There is no such page."))
    row = get_object_or_404(TicketForm, pk=form_id)
    changed: dict[str, Any] = {_RULES[audience]: kept_rules(_wanted_rules(row, audience, request))}
    save_form(row, by=request.user, **changed)
    return redirect(f"{reverse('tickets:form', args=[row.pk])}#rules-{audience}")


def _wanted_rules(row: TicketForm, audience: Audience, request: DeskRequest) -> list[FieldRule]:
    rules = rules_of(row, audience)
    if "remove" in request.POST:
        return [rule for place, rule in enumerate(rules) if str(place) != request.POST["remove"]]
    form = FieldRuleForm(request.POST, fields=_fields_on(row), audience=audience)
    if not form.is_valid():
        raise Invalid(_("This list has changed. Open it again."))
    return [*rules, form.rule()]


def _edit(request: DeskRequest, row: TicketForm | None) -> HttpResponse:
    form = FormForm(request.POST or None, initial=_initial(row))
    saved = attempt(form, lambda given: save_form(row, by=request.user, **given))
    if saved:
        warn_of_uses(request, saved)
        messages.success(request, _("Saved") if row else _("Saved. Now choose its fields."))
        return redirect("tickets:form", saved.pk)
    context = {"form": form, "ticket_form": row, **_places(row)}
    return render(request, "tickets/settings/form.html", context, status=status_of(form))


def _initial(row: TicketForm | None) -> dict[str, Any]:
    if row is None:
        return {"is_active": True}
    return initial_of(row, FormForm) | {"brands": list(row.brands.values_list("pk", flat=True))}


def _places(row: TicketForm | None) -> dict[str, Any]:
    chosen = _fields_on(row) if row else []
    left = TicketField.objects.filter(is_active=True).exclude(pk__in=[field.pk for field in chosen])
    return {"chosen": chosen, "left": left, "rule_parts": rule_parts(row, chosen)}


def _fields_on(row: TicketForm) -> list[TicketField]:
    return [place.field for place in row.places.select_related("field")]


def _wanted(chosen: list[TicketField], request: DeskRequest) -> list[TicketField]:
    given = request.POST
    if given.get("add", "").isdecimal():
        return [*chosen, get_object_or_404(TicketField, pk=given["add"][:18])]
    if "remove" in given:
        return [field for field in chosen if str(field.pk) != given["remove"]]
    return moved(chosen, given)

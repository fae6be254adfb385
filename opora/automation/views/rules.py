"""Rules: the lists, the editor, switching, order, versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.automation.actions.save_category import category_named
from opora.automation.actions.save_rule import delete_rule, restore_version, save_rule
from opora.automation.actions.standard_rules import add_standard_rules, decline_standard_rules, offered
from opora.automation.forms import RuleForm, initial_of_rule
from opora.automation.models import Rule, RuleCategory, RuleVersion
from opora.automation.policy import CHANGE
from opora.automation.queries import Usage, rules, usage_of
from opora.core.attempts import attempt, status_of
from opora.events.recording import update
from opora.people.doors import DeskRequest, permission_required
from opora.people.models import Person
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.conditions import describe
from opora.tickets.steps import sentences_of
from opora.tickets.views.settings_order import moved

LISTS = {Rule.Kind.TRIGGER: "automation:triggers", Rule.Kind.AUTOMATION: "automation:automations"}


@require_GET
@permission_required(CHANGE)
def rule_list(request: DeskRequest, kind: str) -> HttpResponse:
    """The triggers, or the automations, in their order, with how often each fired."""
    found = list(rules(Rule.Kind(kind)))
    usage = usage_of([rule.pk for rule in found])
    context = {
        "rows": [(rule, usage.get(rule.pk, Usage())) for rule in found],
        "kind": kind,
        "offered": offered(Rule.Kind(kind), [rule.title for rule in found]),
    }
    return render(request, "automation/rules.html", context)


@require_POST
@permission_required(CHANGE)
def standard_rules(request: DeskRequest, kind: str) -> HttpResponse:
    """Add the chosen standard rules, switched off, or offer none of those shown again."""
    if "decline" in request.POST:
        decline_standard_rules(request.POST.getlist("shown"), by=request.user)
    else:
        made = add_standard_rules(request.POST.getlist("keys"), by=request.user)
        say = messages.success if made else messages.warning
        say(request, _("Added, switched off") if made else _("Choose at least one rule."))
    return redirect(LISTS[Rule.Kind(kind)])


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def new_rule(request: DeskRequest, kind: str) -> HttpResponse:
    return _edit(request, None, Rule.Kind(kind))


@require_http_methods(["GET", "POST"])
@permission_required(CHANGE)
def rule(request: DeskRequest, rule_id: int) -> HttpResponse:
    row = get_object_or_404(Rule, pk=rule_id)
    return _edit(request, row, Rule.Kind(row.kind))


@require_POST
@permission_required(CHANGE)
def rule_order(request: DeskRequest, kind: str) -> HttpResponse:
    """Move a rule one place up or down."""
    put_in_order(moved(rules(Rule.Kind(kind)), request.POST), save=save_rule, by=request.user)
    return redirect(LISTS[Rule.Kind(kind)])


@require_POST
@permission_required(CHANGE)
def activity(request: DeskRequest, rule_id: int) -> HttpResponse:
    """Switch a rule on or off."""
    row = save_rule(get_object_or_404(Rule, pk=rule_id), by=request.user, is_active="on" in request.POST)
    return redirect(LISTS[Rule.Kind(row.kind)])


@require_POST
@permission_required(CHANGE)
def removal(request: DeskRequest, rule_id: int) -> HttpResponse:
    row = get_object_or_404(Rule, pk=rule_id)
    delete_rule(row, by=request.user)
    messages.success(request, _("Removed"))
    return redirect(LISTS[Rule.Kind(row.kind)])


@require_GET
@permission_required(CHANGE)
def versions(request: DeskRequest, rule_id: int) -> HttpResponse:
    """What the rule did before, who changed it and when."""
    row = get_object_or_404(Rule, pk=rule_id)
    told = [
        (version, describe(version.conditions), sentences_of(version.steps))
        for version in row.versions.all()[:50]
    ]
    return render(request, "automation/versions.html", {"rule": row, "versions": told})


@require_POST
@permission_required(CHANGE)
def restoration(request: DeskRequest, rule_id: int, number: int) -> HttpResponse:
    """Make the rule what it was in an earlier version."""
    version = get_object_or_404(RuleVersion.objects.select_related("rule"), rule_id=rule_id, number=number)
    row = restore_version(version, by=request.user)
    messages.success(request, _("Version %(number)s is back") % {"number": number})
    return redirect(row)


def _edit(request: DeskRequest, row: Rule | None, kind: Rule.Kind) -> HttpResponse:
    form = RuleForm(request.POST or None, kind=kind, initial=initial_of_rule(row, kind))
    saved = attempt(form, lambda given: _save(row, kind, request.user, **given))
    if saved:
        messages.success(request, _("Saved"))
        return redirect(saved)
    context: dict[str, Any] = {"form": form, "rule": row, "kind": kind, "list_url": LISTS[kind]}
    context["headings"] = RuleCategory.objects.all()
    if row:
        context["usage"] = usage_of([row.pk]).get(row.pk, Usage())
    return render(request, "automation/rule.html", context, status=status_of(form))


def _save(row: Rule | None, kind: Rule.Kind, by: Person, *, heading: str | None = None, **given: Any) -> Rule:
    """Save a rule, and the heading it stands under; automations have none."""
    with update(by):
        if heading is not None:
            given["category"] = category_named(heading, by=by)
        return save_rule(row, by=by, kind=kind, **given)

"""Trying a rule: on one ticket now, and on the updates of the last days."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from opora.automation.actions.run_automations import due_tickets
from opora.automation.actions.try_rule import DAYS, MOST_FOUND, begin_trial
from opora.automation.calls import CALL, call_for
from opora.automation.explaining import verdict_on
from opora.automation.models import Rule, Trial
from opora.automation.policy import CHANGE
from opora.automation.queries import firings_of
from opora.automation.rulebook import ready
from opora.people.doors import DeskRequest, permission_required
from opora.tickets.lists import tally
from opora.tickets.models import Ticket
from opora.tickets.queries import ticket_for

SHOWN = 20


@require_GET
@permission_required(CHANGE)
def trial_page(request: DeskRequest, rule_id: int) -> HttpResponse:
    """Would it fire on this ticket, and if not, why not; would it have fired in the last days."""
    rule = get_object_or_404(Rule, pk=rule_id)
    context: dict[str, Any] = {"rule": rule, "days": DAYS}
    asked = request.GET.get("ticket", "").strip().lstrip("#")
    if asked.isdigit() and len(asked) < 18:
        ticket = ticket_for(request.user, int(asked))
        fired = firings_of(rule, ticket_id=ticket.pk)[:5]
        calls = [call_for(step, ticket) for step in rule.steps if step["field"] == CALL]
        context |= {"ticket": ticket, "verdict": verdict_on(rule, ticket), "fired": fired, "calls": calls}
    if rule.kind == Rule.Kind.AUTOMATION:
        due = due_tickets(ready(rule))
        context |= {"due_count": tally(due), "due": due.for_list().order_by("pk")[:SHOWN]}
    return render(request, "automation/trial.html", context)


@require_POST
@permission_required(CHANGE)
def trials(request: DeskRequest, rule_id: int) -> HttpResponse:
    """Begin to look back; the page shows how far it is."""
    rule = get_object_or_404(Rule, pk=rule_id)
    days = request.POST.get("days", "")
    made = begin_trial(rule.conditions, days=int(days) if days.isdigit() else 0, by=request.user)
    if request.htmx and not request.htmx.boosted:
        return render(request, "automation/_trial.html", {"trial": made})
    return redirect("automation:trial", rule.pk)


@require_GET
@permission_required(CHANGE)
def trial(request: DeskRequest, trial_id: int) -> HttpResponse:
    """How far a look back is, and what it found."""
    made = get_object_or_404(Trial, pk=trial_id, person=request.user)
    found = {row["ticket"] for row in made.found}
    tickets = Ticket.objects.filter(pk__in=found).in_bulk()
    rows = [(tickets[row["ticket"]], row["at"]) for row in made.found if row["ticket"] in tickets]
    context = {
        "trial": made,
        "rows": rows[:SHOWN] if made.state == Trial.State.RUNNING else rows,
        "most": MOST_FOUND,
    }
    return render(request, "automation/_trial.html", context)

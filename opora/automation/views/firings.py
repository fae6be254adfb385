"""Why a rule fired: its conditions with the values seen, and what came of it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from opora.automation.account import told
from opora.automation.events import RuleFired
from opora.automation.models import Rule
from opora.events.delivering import fact_of
from opora.events.fact import Fact
from opora.events.models import Event
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.conditions import condition_fields
from opora.tickets.queries import ticket_for
from opora.tickets.steps import sentences_of


def _alone(fact: Fact) -> str:
    """The sentence of a fact without the dash that joins it to an actor in some languages."""
    return fact.sentence().removeprefix("– ")


@require_GET
@colleagues_only
def firing(request: DeskRequest, event_id: int) -> HttpResponse:
    """One firing, for whoever may see the ticket."""
    event = get_object_or_404(Event, pk=event_id, kind=RuleFired.kind)
    ticket = ticket_for(request.user, event.subject_id)
    body, fields = event.body, condition_fields()
    fact = fact_of(event)
    caused = Event.objects.filter(update_id=event.update_id).exclude(pk=event.pk).order_by("id")
    context = {
        "event": event,
        "ticket": ticket,
        "rule": Rule.objects.filter(pk=body["rule_id"]).first(),
        "version": body["version"],
        "every": told(body["outcomes"].get("all", []), fields),
        "some": told(body["outcomes"].get("any", []), fields),
        "steps": sentences_of(body["steps"]),
        "changes": [_alone(fact_of(row)) for row in caused if row.subject_id == ticket.pk],
        "cause": Event.objects.filter(pk=event.cause_id or 0).first(),
        "sentence": fact.sentence(),
    }
    context["cause_sentence"] = fact_of(context["cause"]).sentence() if context["cause"] else ""
    return render(request, "automation/firing.html", context)

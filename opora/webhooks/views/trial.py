"""Trying an endpoint out as the form has it now, saved or not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from opora.core import clock
from opora.core.attempts import attempt
from opora.people.doors import DeskRequest, permission_required
from opora.webhooks.actions.save_webhook import unsaved_webhook
from opora.webhooks.actions.try_webhook import try_webhook
from opora.webhooks.forms import TrialForm, WebhookForm
from opora.webhooks.models import Webhook
from opora.webhooks.payloads.envelope import sample_body
from opora.webhooks.payloads.values import iso
from opora.webhooks.queries import webhook_with
from opora.webhooks.sentences import sentence_of
from opora.webhooks.vocabulary import BY_RULES, EVENT_TYPES, PREFIX

_RULE_SAMPLE = '{\n  "ticket": 35436,\n  "text": "Opora"\n}'


@require_POST
@permission_required("settings.integrations")
def trial(request: DeskRequest, webhook_id: int | None = None) -> HttpResponse:
    """Send one request and show what came back; answers a fragment."""
    stored = webhook_with(webhook_id) if webhook_id else None
    form, words = WebhookForm(request.POST, instance=stored), TrialForm(request.POST)
    body = words.cleaned_data["trial_body"] if words.is_valid() else ""
    tried = attempt(
        form, lambda given: try_webhook(unsaved_webhook(stored, form.values), by=request.user, body=body)
    )
    context = {"form": form, "attempt": tried, "sentence": sentence_of(tried) if tried else ""}
    return render(request, "webhooks/_trial.html", context)


def sample_for(webhook: Webhook | None) -> str:
    """Return what the trial sends unless the person writes something else."""
    kinds = webhook.event_types if webhook else []
    if kinds == [BY_RULES]:
        return _RULE_SAMPLE
    known = next((name for name in EVENT_TYPES if name in kinds), f"{PREFIX}ticket.created")
    return sample_body(EVENT_TYPES[known], iso(clock.now()))

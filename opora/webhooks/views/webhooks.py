"""The settings of webhooks."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.uses import warn_of_uses
from opora.people.doors import DeskRequest, permission_required
from opora.webhooks.actions.circuit import resume_webhook
from opora.webhooks.actions.clone_webhook import clone_webhook
from opora.webhooks.actions.delete_webhook import delete_webhook
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.forms import TrialForm, WebhookForm, event_choices
from opora.webhooks.models import Webhook
from opora.webhooks.queries import last_day, webhook_with, webhooks
from opora.webhooks.views.trial import sample_for
from opora.webhooks.vocabulary import EVENT_TYPES, label_of


@require_GET
@permission_required("settings.integrations")
def webhook_list(request: DeskRequest) -> HttpResponse:
    days = last_day()
    rows = [(webhook, days.get(webhook.pk), _spoken(webhook)) for webhook in webhooks()]
    context = {"rows": rows, "broken": [webhook for webhook, _day, _words in rows if _is_broken(webhook)]}
    return render(request, "webhooks/webhooks.html", context)


@require_http_methods(["GET", "POST"])
@permission_required("settings.integrations")
def new_webhook(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required("settings.integrations")
def webhook(request: DeskRequest, webhook_id: int) -> HttpResponse:
    return _edit(request, webhook_with(webhook_id))


@require_POST
@permission_required("settings.integrations")
def copy(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Add one like it and open that."""
    made = clone_webhook(webhook_with(webhook_id), by=request.user)
    messages.success(request, _("Copied. The copy has a signing secret of its own."))
    return redirect("webhooks:webhook", made.pk)


@require_POST
@permission_required("settings.integrations")
def removal(request: DeskRequest, webhook_id: int) -> HttpResponse:
    delete_webhook(webhook_with(webhook_id), by=request.user)
    messages.success(request, _("The webhook is removed."))
    return redirect("webhooks:webhooks")


@require_POST
@permission_required("settings.integrations")
def resumption(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Let a paused webhook go on at once."""
    resume_webhook(webhook_with(webhook_id), by=request.user)
    messages.success(request, _("It goes on. What waited is sent now."))
    return redirect("webhooks:webhook", webhook_id)


def _edit(request: DeskRequest, stored: Webhook | None) -> HttpResponse:
    form = WebhookForm(request.POST or None, instance=stored)
    saved = attempt(form, lambda given: save_webhook(stored, by=request.user, **form.values))
    if saved:
        warn_of_uses(request, saved)
        messages.success(request, _("Saved"))
        return redirect("webhooks:webhook", saved.pk)
    context = {
        "form": form,
        "webhook": stored,
        "groups": _groups(form),
        "trial": TrialForm(initial={"trial_body": sample_for(stored)}),
    }
    return render(request, "webhooks/webhook.html", context, status=status_of(form))


def _is_broken(webhook: Webhook) -> bool:
    return webhook.is_active and webhook.health.broken_since is not None


def _groups(form: WebhookForm) -> list[tuple[object, list[tuple[str, str, object, bool]]]]:
    """The kinds of events by what they are about: name, its short form, words, and whether it is chosen."""
    chosen = set(form["subscriptions"].value() or ())
    return [
        (title, [(name, EVENT_TYPES[name].short, label, name in chosen) for name, label in kinds])
        for title, kinds in event_choices()
    ]


def _spoken(webhook: Webhook) -> str:
    """The first kinds of events in words; how many more there are is said beside."""
    known = [name for name in EVENT_TYPES if name in webhook.event_types] or webhook.event_types
    return ", ".join(label_of(name) for name in known[:2])

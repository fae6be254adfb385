"""The signing secret of a webhook: shown when asked for, and exchanged."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from opora.core.crypto import decrypt
from opora.people.doors import DeskRequest, permission_required
from opora.webhooks.actions.reset_secret import reset_signing_secret
from opora.webhooks.queries import webhook_with


@require_POST
@never_cache
@permission_required("settings.integrations")
def signing_secret(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Show it; answers a fragment. By POST, so that no history or log of addresses leads to it."""
    webhook = webhook_with(webhook_id)
    context = {"webhook": webhook, "secret": decrypt(webhook.signing_secret)}
    return render(request, "webhooks/_secret.html", context)


@require_POST
@never_cache
@permission_required("settings.integrations")
def new_secret(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Exchange it and show the new one; answers a fragment."""
    webhook = webhook_with(webhook_id)
    context = {"webhook": webhook, "secret": reset_signing_secret(webhook, by=request.user), "is_new": True}
    return render(request, "webhooks/_secret.html", context)

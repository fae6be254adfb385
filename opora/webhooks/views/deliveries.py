"""What webhooks sent: the record of requests, and one of them with its attempts."""

import json
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from opora.core import clock
from opora.core.pagination import keyset_page
from opora.core.prepared import prepared
from opora.people.doors import DeskRequest, permission_required
from opora.webhooks.actions.redeliver import redeliver
from opora.webhooks.models import Invocation, Webhook
from opora.webhooks.queries import invocation_with, invocations, last_attempts, webhook_names, webhook_with
from opora.webhooks.sentences import sentence_of
from opora.webhooks.vocabulary import label_of

PAGE = 50
STATES = {
    "failed": pgettext_lazy("webhook delivery", "Failed"),
    "waiting": pgettext_lazy("webhook delivery", "Waiting"),
    "delivered": pgettext_lazy("webhook delivery", "Delivered"),
}


@require_GET
@permission_required("settings.integrations")
def delivery_list(request: DeskRequest) -> HttpResponse:
    """Newest first, narrowed by state and webhook; `?cursor=` gives the next rows alone."""
    chosen, state = _chosen(request.GET.get("webhook", "")), request.GET.get("state", "")
    state = state if state in STATES else ""
    found = invocations(webhook=chosen, state=state)
    page = keyset_page(
        found, order=["-id"], size=PAGE, cursor=request.GET.get("cursor", ""), load=_with_webhooks
    )
    context = {
        "rows": _rows(list(page.rows)),
        "next_cursor": page.next_cursor,
        "chosen": chosen,
        "state": state,
    }
    if request.GET.get("cursor"):
        return render(request, "webhooks/_delivery_rows.html", context)
    return render(
        request, "webhooks/deliveries.html", context | {"webhooks": webhook_names(), "states": STATES.items()}
    )


@require_GET
@permission_required("settings.integrations")
def delivery(request: DeskRequest, invocation_id: int) -> HttpResponse:
    invocation = invocation_with(invocation_id)
    attempts = [(attempt, sentence_of(attempt)) for attempt in reversed(invocation.attempts.all())]
    context = {
        "invocation": invocation,
        "attempts": attempts,
        "what": label_of(invocation.event_type),
        "next_try": _next_try(invocation),
        "body": _readable(invocation.body),
    }
    return render(request, "webhooks/delivery.html", context)


@require_POST
@permission_required("settings.integrations")
def redelivery(request: DeskRequest, invocation_id: int) -> HttpResponse:
    redeliver(invocation_with(invocation_id), by=request.user)
    messages.success(request, _("It is sent again in a moment."))
    return redirect("webhooks:delivery", invocation_id)


def _next_try(invocation: Invocation) -> datetime | None:
    """When it is tried again; None when that is over, happening, or held up by its webhook."""
    is_later = invocation.state == Invocation.State.PENDING and invocation.due_at > clock.now()
    return invocation.due_at if is_later else None


def _readable(body: str) -> str:
    """JSON with line breaks and indents; anything else as it is."""
    try:
        return json.dumps(json.loads(body), ensure_ascii=False, indent=2)
    except ValueError:
        return body


def _chosen(number: str) -> Webhook | None:
    return webhook_with(int(number)) if number.isdecimal() and len(number) < 18 else None


@prepared
def _with_webhooks(ids: list[int]) -> QuerySet[Invocation]:
    return Invocation.objects.filter(pk__in=ids).select_related("webhook").defer("body", "query")


def _rows(found: list[Invocation]) -> list[tuple[Invocation, str, object]]:
    tried = last_attempts(found)
    return [(one, label_of(one.event_type), tried.get(one.pk)) for one in found]

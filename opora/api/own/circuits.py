"""The circuits of webhooks: whether requests go out, and since when they do not."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.answers import changed, one_of
from opora.api.wire.bodies import TEXT, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.own import own, own_list, own_noun, single
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import flag, free, moment, number, words
from opora.core import clock
from opora.people.policy import require
from opora.webhooks.actions.circuit import resume_webhook
from opora.webhooks.models import Health, Webhook
from opora.webhooks.policy import may_change_webhooks
from opora.webhooks.queries import webhook_named

_STATES = ["closed", "open", "trying", "waiting"]
CIRCUIT = Body("circuit", {"state": TEXT}, ("state",))


def _state(row: Health) -> str:
    """Closed: requests go. Open: a pause. Trying: the pause is over and one may go. Waiting: the endpoint asked for time."""
    paused = row.paused_until is not None and row.paused_until > clock.now()
    if row.broken_since:
        return "open" if paused else "trying"
    return "waiting" if paused else "closed"


SHAPE = {
    "webhook_id": words("webhook.public_id"), "webhook_name": words("webhook.name"),
    "webhook_active": flag("webhook.is_active"), "state": free(_state, {"type": "string", "enum": _STATES}),
    "broken_since": moment("broken_since", empty=True), "paused_until": moment("paused_until", empty=True),
    "failed_trials": number("pauses"), "resumed_at": moment("resumed_at", empty=True),
    "last_success_at": moment("last_success_at", empty=True), "last_failure_at": moment("last_failure_at", empty=True),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Health]:
    require(may_change_webhooks(call.person))
    return Health.objects.all()


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Health]:
    return Health.objects.filter(pk__in=ids).select_related("webhook")


CIRCUITS = own_noun("circuit", path="", rows=_rows, load=_load, shape=SHAPE, orders={"webhook": "webhook_id"})
own_list(CIRCUITS, "webhook_circuits")


@own("GET", "webhooks/{webhook_id:text}/circuit", answers=single(CIRCUITS))
def show_circuit(call: Call, webhook_id: str) -> Json:
    """Show whether a webhook's requests go out."""
    return one_of(call, CIRCUITS, _webhook(call, webhook_id).pk)


@own("PUT", "webhooks/{webhook_id:text}/circuit", takes=CIRCUIT, answers=single(CIRCUITS))
def close_circuit(call: Call, webhook_id: str) -> Any:
    """Let a paused webhook go on at once: the endpoint is mended. The only state to set is `closed`."""
    webhook, given = _webhook(call, webhook_id), call.read(CIRCUIT)
    if given.get("state") != "closed":
        raise invalid_record("state", "can only be set to closed")
    resume_webhook(webhook, by=call.person)
    return changed(call, CIRCUITS, webhook.pk)


def _webhook(call: Call, webhook_id: str) -> Webhook:
    require(may_change_webhooks(call.person))
    return webhook_named(webhook_id)

"""Webhooks, their signing secrets, and what they sent. Lists are by cursor alone, ids are texts."""

from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.webhooks import attempt_json, invocation_json, response_json, webhook_json
from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import LONG_TEXT, OBJECT, TEXT, TEXTS, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.cursors import Order, cursor_page
from opora.api.wire.routing import operation
from opora.api.wire.times import read_moment
from opora.api.writes.webhooks import new_one, own_fields, telling_errors, whole
from opora.core.crypto import decrypt
from opora.people.policy import require
from opora.webhooks.actions.clone_webhook import clone_webhook
from opora.webhooks.actions.delete_webhook import delete_webhook
from opora.webhooks.actions.reset_secret import reset_signing_secret
from opora.webhooks.actions.save_webhook import save_webhook, unsaved_webhook
from opora.webhooks.actions.try_webhook import try_webhook
from opora.webhooks.models import Invocation, Webhook
from opora.webhooks.policy import may_change_webhooks
from opora.webhooks.queries import invocation_named, invocations, last_attempts, webhook_named, webhooks

WEBHOOK = Body(
    "webhook",
    {
        "name": text(120), "description": TEXT, "status": TEXT, "endpoint": text(2000), "http_method": TEXT,
        "request_format": TEXT, "subscriptions": TEXTS, "authentication": OBJECT, "custom_headers": OBJECT,
    },
    ("name", "status", "endpoint", "http_method", "request_format"),
)  # fmt: skip
REQUEST = Body("request", {**WEBHOOK.attributes, "payload": LONG_TEXT})
_SORTS = {
    "name": Order("name"), "-name": Order("name", True), "status": Order("is_active", True),
    "-status": Order("is_active"), "created_at": Order("created_at"),
}  # fmt: skip
_STATES = {"success": Invocation.State.DELIVERED, "pending": "waiting", "circuit broken": "waiting"}


@operation("GET", "webhooks")
def list_webhooks(call: Call) -> Json:
    """List webhooks, newest first unless `sort` says otherwise."""
    require(may_change_webhooks(call.person))
    rows = Webhook.objects.all()
    if call.param("filter[name_contains]"):
        rows = rows.filter(name__icontains=call.param("filter[name_contains]"))
    if call.param("filter[status]"):
        rows = rows.filter(is_active=call.param("filter[status]") == "active")
    ids, way = cursor_page(call, rows, _SORTS.get(call.param("sort"), Order("created_at", True)))
    found = {row.pk: row for row in webhooks().filter(pk__in=ids)}
    return {"webhooks": [webhook_json(found[pk]) for pk in ids if pk in found], **way}


@operation("POST", "webhooks", takes=WEBHOOK)
def create_webhook(call: Call) -> Answer:
    """Create a webhook, or copy the one of `clone_webhook_id`."""
    with telling_errors():
        if call.param("clone_webhook_id"):
            made = clone_webhook(webhook_named(call.param("clone_webhook_id")), by=call.person)
        else:
            made = save_webhook(by=call.person, **own_fields(new_one(call.read(WEBHOOK)), None))
    shown = webhook_json(made)
    place = f"{call.base}/api/v2/webhooks/{shown['id']}"
    return Answer({"webhook": shown}, 201, {"Location": place})


@operation("GET", "webhooks/{webhook_id:text}")
def show_webhook(call: Call, webhook_id: str) -> Json:
    """Show one webhook."""
    return {"webhook": webhook_json(_webhook(call, webhook_id))}


@operation("PUT", "webhooks/{webhook_id:text}", takes=WEBHOOK)
def replace_webhook(call: Call, webhook_id: str) -> Answer:
    """Replace a webhook; its subscriptions stay unless they are given."""
    return _update(call, webhook_id, whole(call.read(WEBHOOK)))


@operation("PATCH", "webhooks/{webhook_id:text}", takes=WEBHOOK)
def patch_webhook(call: Call, webhook_id: str) -> Answer:
    """Change what is given of a webhook."""
    return _update(call, webhook_id, call.read(WEBHOOK))


def _update(call: Call, webhook_id: str, given: Json) -> Answer:
    webhook = _webhook(call, webhook_id)
    with telling_errors():
        save_webhook(webhook, by=call.person, **own_fields(given, webhook))
    return NOTHING


@operation("DELETE", "webhooks/{webhook_id:text}")
def remove_webhook(call: Call, webhook_id: str) -> Answer:
    """Remove a webhook with all it sent."""
    delete_webhook(_webhook(call, webhook_id), by=call.person)
    return NOTHING


@operation("POST", "webhooks/test", takes=REQUEST, in_update=False)
def test_webhook(call: Call) -> Json:
    """Send one request now, as the webhook of `webhook_id` with what the body changes, and show the answer."""
    require(may_change_webhooks(call.person))
    stored = _webhook(call, call.param("webhook_id")) if call.param("webhook_id") else None
    given = call.read_one(call.body.get("request") or {}, REQUEST) if isinstance(call.body, dict) else {}
    with telling_errors():
        draft = unsaved_webhook(stored, _without_subscriptions(own_fields(given, stored)))
        tried = try_webhook(draft, by=call.person, body=given.get("payload") or "")
    return {"response": response_json(tried)}


def _without_subscriptions(fields: Json) -> Json:
    return {name: value for name, value in fields.items() if name != "subscriptions"}


@operation("GET", "webhooks/{webhook_id:text}/signing_secret")
def show_signing_secret(call: Call, webhook_id: str) -> Json:
    """Show the secret that requests are signed with."""
    return _secret(decrypt(_webhook(call, webhook_id).signing_secret))


@operation("POST", "webhooks/{webhook_id:text}/signing_secret")
def reset_secret(call: Call, webhook_id: str) -> Answer:
    """Make a new signing secret; the one before signs as well for a day."""
    return Answer(_secret(reset_signing_secret(_webhook(call, webhook_id), by=call.person)), 201)


def _secret(secret: str) -> Json:
    return {"signing_secret": {"algorithm": "SHA256", "secret": secret}}


@operation("GET", "webhooks/{webhook_id:text}/invocations")
def list_invocations(call: Call, webhook_id: str) -> Json:
    """List what a webhook sent in the last two weeks, newest first."""
    webhook = _webhook(call, webhook_id)
    ids, way = cursor_page(call, _chosen(call, webhook), Order("id", True))
    found = Invocation.objects.defer("body", "query").in_bulk(ids)
    last, is_broken = last_attempts(found.values()), webhook.health.broken_since is not None
    shown = [invocation_json(found[pk], last.get(pk), is_broken=is_broken) for pk in ids if pk in found]
    return {"invocations": shown, **way}


def _chosen(call: Call, webhook: Webhook) -> QuerySet[Invocation]:
    asked = call.param("filter[status]")
    rows = invocations(webhook=webhook, state=_STATES.get(asked, Invocation.State.FAILED) if asked else "")
    since, until = read_moment(call.param("filter[from_ts]")), read_moment(call.param("filter[to_ts]"))
    limits: dict[str, Any] = {"created_at__gte": since, "created_at__lte": until}
    return rows.filter(**{name: moment for name, moment in limits.items() if moment})


@operation("GET", "webhooks/{webhook_id:text}/invocations/{invocation_id:text}/attempts")
def list_attempts(call: Call, webhook_id: str, invocation_id: str) -> Json:
    """List the attempts of one request, with what was sent and answered."""
    webhook = _webhook(call, webhook_id)
    with telling_errors():
        invocation = invocation_named(webhook, invocation_id)
    return {"attempts": [attempt_json(row, invocation) for row in invocation.attempts.all()]}


def _webhook(call: Call, public_id: str) -> Webhook:
    """The webhook, for whoever may see webhooks. Raises 403 and 404."""
    require(may_change_webhooks(call.person))
    with telling_errors():
        return webhook_named(public_id)

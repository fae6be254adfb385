"""A webhook is added or changed."""

import copy
import json
from collections.abc import Mapping
from typing import Any

from opora.core import clock
from opora.core.crypto import encrypt
from opora.events.actor import ActsAsActor
from opora.events.changes import Changes, apply_changes
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.webhooks.checks import check_headers, check_secret, check_subscriptions, check_webhook
from opora.webhooks.events import WebhookSaved
from opora.webhooks.models import Health, Subscription, Webhook
from opora.webhooks.policy import may_change_webhooks
from opora.webhooks.sending.signature import new_secret

SECRETS = {"auth_secret", "sealed_headers"}


def save_webhook(webhook: Webhook | None = None, *, by: ActsAsActor, **fields: Any) -> Webhook:
    """Add a webhook, or set the given fields of one.

    `auth_secret` is given in the clear, `custom_headers` as a mapping, `subscriptions` as names of
    `vocabulary.EVENT_TYPES` or the one of rules; all are kept encrypted or in rows of their own. Raises `Invalid`
    with the field that has to change.
    """
    with update(by):
        require(may_change_webhooks(by))
        webhook, created = webhook or Webhook(), webhook is None
        changes = _apply(webhook, fields)
        before = [] if created else webhook.event_types
        after = _wanted(fields, before)
        check_subscriptions(after, webhook)
        if not created and not changes and before == after:
            return webhook
        _write(webhook, by, created=created)
        if before != after:
            changes["subscriptions"] = [before, after]
            _subscribe(webhook, after)
        record(
            WebhookSaved(name=webhook.name, created=created, changes=changes), subject_id=webhook.pk, by=by
        )
    return webhook


def unsaved_webhook(webhook: Webhook | None, fields: Mapping[str, Any]) -> Webhook:
    """Return a webhook as `save_webhook` would leave it, without saving anything: to be tried out."""
    draft = copy.copy(webhook) if webhook else Webhook(signing_secret=encrypt(new_secret()))
    _apply(draft, fields)
    return draft


def _apply(webhook: Webhook, fields: Mapping[str, Any]) -> Changes:
    """Set the fields on the webhook, check the whole of it, and return what changed, without the secrets."""
    given = {name: value for name, value in fields.items() if name != "subscriptions"}
    if "custom_headers" in given:
        headers = check_headers(given.pop("custom_headers"))
        if headers != webhook.custom_headers:
            given["sealed_headers"] = encrypt(json.dumps(headers)) if headers else ""
    if "auth_secret" in given:
        given["auth_secret"] = encrypt(check_secret(given["auth_secret"]))
    if given.get("authentication") == Webhook.Authentication.NONE:
        given |= {"auth_name": "", "auth_secret": ""}
    changes = apply_changes(webhook, given)
    check_webhook(webhook)
    return {
        "custom_headers" if name == "sealed_headers" else name: ["•••", "•••"] if name in SECRETS else pair
        for name, pair in changes.items()
    }


def _wanted(fields: Mapping[str, Any], before: list[str]) -> list[str]:
    return sorted(set(fields["subscriptions"])) if "subscriptions" in fields else before


def _write(webhook: Webhook, by: ActsAsActor, *, created: bool) -> None:
    person = by if isinstance(by, Person) else None
    webhook.updated_at, webhook.updated_by = clock.now(), person
    if created:
        webhook.created_at, webhook.created_by = webhook.updated_at, person
        webhook.signing_secret = encrypt(new_secret())
    webhook.save()
    Health.objects.get_or_create(webhook=webhook)


def _subscribe(webhook: Webhook, event_types: list[str]) -> None:
    Subscription.objects.filter(webhook=webhook).exclude(event_type__in=event_types).delete()
    rows = [Subscription(webhook=webhook, event_type=name) for name in event_types]
    Subscription.objects.bulk_create(rows, ignore_conflicts=True)
    webhook.__dict__.pop("event_types", None)
    webhook.__dict__.get("_prefetched_objects_cache", {}).clear()

"""A webhook is removed."""

from opora.core.uses import refuse_while_used, thing_of
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.webhooks.events import WebhookDeleted
from opora.webhooks.models import Webhook
from opora.webhooks.policy import may_change_webhooks


def delete_webhook(webhook: Webhook, *, by: ActsAsActor) -> None:
    """Remove the webhook with all it has sent and still had to send. Raises `Conflict` while rules call it."""
    with update(by):
        require(may_change_webhooks(by))
        refuse_while_used(thing_of(webhook), webhook.name)
        record(WebhookDeleted(name=webhook.name), subject_id=webhook.pk, by=by)
        webhook.delete()

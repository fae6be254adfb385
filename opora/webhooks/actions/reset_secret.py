"""A webhook gets another signing secret."""

from datetime import timedelta

from opora.core import clock
from opora.core.crypto import encrypt
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require
from opora.webhooks.events import SigningSecretReset
from opora.webhooks.models import Webhook
from opora.webhooks.policy import may_change_webhooks
from opora.webhooks.sending.signature import new_secret

GRACE = timedelta(hours=24)
"""How long requests carry a second signature, made with the secret before."""


def reset_signing_secret(webhook: Webhook, *, by: ActsAsActor) -> str:
    """Give the webhook a new signing secret and return it in the clear."""
    with update(by):
        require(may_change_webhooks(by))
        secret = new_secret()
        webhook.previous_secret, webhook.previous_secret_until = webhook.signing_secret, clock.now() + GRACE
        webhook.signing_secret = encrypt(secret)
        webhook.save(update_fields=["signing_secret", "previous_secret", "previous_secret_until"])
        record(SigningSecretReset(name=webhook.name), subject_id=webhook.pk, by=by)
    return secret

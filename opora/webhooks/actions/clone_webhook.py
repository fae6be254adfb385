"""A webhook is copied."""

from django.utils.translation import gettext as _

from opora.core.crypto import decrypt
from opora.events.actor import ActsAsActor
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.models import Webhook

COPIED = (
    "description",
    "endpoint",
    "http_method",
    "request_format",
    "is_active",
    "authentication",
    "auth_name",
)


def clone_webhook(webhook: Webhook, *, by: ActsAsActor) -> Webhook:
    """Add a webhook like this one, with a signing secret of its own."""
    fields = {name: getattr(webhook, name) for name in COPIED}
    return save_webhook(
        by=by,
        name=_("%(name)s (copy)") % {"name": webhook.name[:100]},
        auth_secret=decrypt(webhook.auth_secret),
        custom_headers=webhook.custom_headers,
        subscriptions=webhook.event_types,
        **fields,
    )

from opora.webhooks.models.attempt import Attempt, Outcome
from opora.webhooks.models.health import Health
from opora.webhooks.models.invocation import Invocation
from opora.webhooks.models.webhook import Subscription, Webhook

__all__ = ["Attempt", "Health", "Invocation", "Outcome", "Subscription", "Webhook"]

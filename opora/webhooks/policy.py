"""Who may do what with webhooks."""

from opora.events.actor import ActsAsActor
from opora.people.policy import may


def may_change_webhooks(by: ActsAsActor) -> bool:
    """Set them up, read what was sent and answered, send again. What is sent may tell of any ticket."""
    return may(by, "settings.integrations")

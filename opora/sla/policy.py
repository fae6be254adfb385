"""Who may change promises, and who may read about them."""

from opora.events.actor import ActsAsActor
from opora.people.policy import may

CHANGE = "settings.sla"
READ = "promises.read"


def may_change(by: ActsAsActor) -> bool:
    return may(by, CHANGE)

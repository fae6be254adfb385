"""Who may make rules, and who may know why one fired."""

from opora.events.actor import ActsAsActor
from opora.people.policy import may

CHANGE = "settings.rules"


def may_change_rules(by: ActsAsActor) -> bool:
    return may(by, CHANGE)

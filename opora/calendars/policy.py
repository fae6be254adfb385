"""Who may change calendars."""

from opora.events.actor import ActsAsActor
from opora.people.policy import may

CHANGE = "settings.sla"


def may_change(by: ActsAsActor) -> bool:
    return may(by, CHANGE)

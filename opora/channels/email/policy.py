"""Who may do what with mail."""

from opora.events.actor import ActsAsActor
from opora.people.policy import may


def may_change_mailboxes(by: ActsAsActor) -> bool:
    return may(by, "settings.channels")


def may_decide_suspended(by: ActsAsActor) -> bool:
    return may(by, "tickets.spam")

"""What the fold reads: events of one ticket as plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a ticket: what happened, when it became true, and what kind of actor did it."""

    id: int
    update_id: int
    kind: str
    at: datetime
    actor_kind: str
    body: dict[str, Any]


CREATED, COMMENTED, ASSIGNED, CHANGED = (
    "ticket.created",
    "ticket.commented",
    "ticket.assigned",
    "ticket.changed",
)
MOVED = frozenset({"ticket.status_changed", "ticket.solved", "ticket.reopened", "ticket.closed"})
REMOVED = frozenset({"ticket.deleted", "ticket.marked_spam"})
RESTORED, MERGED, UNMERGED = "ticket.restored", "ticket.merged", "ticket.unmerged"
MERGE_RECEIVED, COLLABORATORS = "ticket.merge_received", "ticket.collaborators_changed"
WARNED, BREACHED, UNNEEDED = "ticket.sla_warned", "ticket.sla_breached", "ticket.reply_not_needed"
RERATED, COUNTED_ON = "ticket.sla_rerated", "ticket.sla_counted_on"
NOTICES = frozenset({WARNED, BREACHED, COUNTED_ON})
"""What timers found to have come true: they wake the fold and change nothing that it does not know (S1)."""

READ = frozenset(
    {
        CREATED, COMMENTED, ASSIGNED, CHANGED, *MOVED, *REMOVED, RESTORED, MERGED, UNMERGED, MERGE_RECEIVED,
        COLLABORATORS, *NOTICES, UNNEEDED, RERATED,
    }
)  # fmt: skip
"""Kinds of events that clocks follow from."""

"""What is promised: the kinds of clocks, and in which statuses each runs, pauses or is over."""

from dataclasses import dataclass
from enum import StrEnum

from opora.tickets.models import Category

NEW, OPEN, PENDING, HOLD = Category.NEW, Category.OPEN, Category.PENDING, Category.HOLD
UNSOLVED = frozenset({NEW, OPEN, PENDING, HOLD})


class Metric(StrEnum):
    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    PERIODIC_UPDATE = "periodic_update"
    PAUSABLE_UPDATE = "pausable_update"
    REQUESTER_WAIT = "requester_wait"
    AGENT_WORK = "agent_work"
    TOTAL_RESOLUTION = "total_resolution"
    GROUP_OWNERSHIP = "group_ownership"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True)
class Nature:
    """Where a metric's time runs (elsewhere among unsolved statuses it pauses), and whether it is of replies."""

    runs: frozenset[int]
    of_reply: bool = False
    of_update: bool = False


NATURES = {
    Metric.FIRST_REPLY: Nature(UNSOLVED, of_reply=True),
    Metric.NEXT_REPLY: Nature(UNSOLVED, of_reply=True),
    Metric.PERIODIC_UPDATE: Nature(UNSOLVED, of_update=True),
    Metric.PAUSABLE_UPDATE: Nature(UNSOLVED - {PENDING}, of_update=True),
    Metric.REQUESTER_WAIT: Nature(UNSOLVED - {PENDING}),
    Metric.AGENT_WORK: Nature(frozenset({NEW, OPEN})),
    Metric.TOTAL_RESOLUTION: Nature(UNSOLVED),
    Metric.GROUP_OWNERSHIP: Nature(frozenset({NEW, OPEN})),
    Metric.THIRD_PARTY: Nature(frozenset({HOLD})),
}
CUMULATIVE = (Metric.REQUESTER_WAIT, Metric.AGENT_WORK, Metric.TOTAL_RESOLUTION)
"""They stop when the ticket is solved, and go on with what they had when it is reopened (S11)."""


def runs(metric: Metric, category: int, *, on_hold_pauses: bool) -> bool:
    """Whether the metric's time runs in a status; `on_hold_pauses` stops the customer's waiting on hold, too (S12)."""
    if on_hold_pauses and category == HOLD and metric in (Metric.REQUESTER_WAIT, Metric.TOTAL_RESOLUTION):
        return False
    return category in NATURES[metric].runs

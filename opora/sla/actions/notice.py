"""Thresholds that have come true are told of."""

from datetime import datetime
from typing import Any

from opora.core import clock
from opora.events.actor import TIMER
from opora.events.recording import coming_via, record, update
from opora.sla.engine.waking import BREACH
from opora.sla.events import SlaBreached, SlaWarned
from opora.sla.models import ClockRow

AT_ONCE = 200
"""Clocks looked at in one round; the next round follows at once while there are more."""


def notice_due_clocks() -> int:
    """Tell of every threshold that has come true, each once, with the instant at which it did; returns how many.

    Costs one look at an index when nothing is due, however many clocks run. Several workers may do this at once, and
    one that is killed loses nothing: what is not told of stays due.
    """
    done = 0
    while keys := _due_keys(clock.now()):
        told = sum(_tell(key) for key in keys)
        done += told
        if not told:
            break
    return done


def _due_keys(now: datetime) -> list[str]:
    due = ClockRow.objects.filter(next_at__lt=now).order_by("next_at")
    return list(due.values_list("key", flat=True)[:AT_ONCE])


def _tell(key: str) -> bool:
    """Tell of the clock's next threshold if it is still due, in a transaction of its own."""
    with coming_via("timer"), update(TIMER):
        row = ClockRow.objects.select_for_update().filter(pk=key, next_at__lt=clock.now()).first()
        if row is None or row.next_at is None:
            return False
        told: dict[str, Any] = {
            "clock": key.partition(":")[2],
            "metric": row.metric,
            "version_id": row.version_id,
            "found_at": clock.now().isoformat(),
        }
        is_breach = row.next_threshold >= BREACH
        fact = SlaBreached(**told) if is_breach else SlaWarned(threshold=row.next_threshold, **told)
        record(fact, subject_id=row.ticket_id, by=TIMER, occurred_at=row.next_at)
    return True

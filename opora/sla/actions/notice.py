"""Thresholds that have come true are told of, and pauses that have lasted for as long as they may."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError

from opora.core import clock
from opora.events.actor import TIMER
from opora.events.fact import Fact
from opora.events.recording import coming_via, record, update
from opora.sla.engine.waking import BREACH, COUNTS_ON
from opora.sla.events import SlaBreached, SlaCountedOn, SlaWarned
from opora.sla.models import ClockRow

log = logging.getLogger("opora.sla")
AT_ONCE = 200
"""Clocks looked at in one round; the next round follows at once while there are more."""


PUT_OFF = timedelta(minutes=10)
_put_off: dict[str, datetime] = {}
"""Clocks that could not be told of, and when they are tried again. A new process tries them at once."""


def notice_due_clocks() -> int:
    """Tell of every threshold that has come true, each once, with the instant at which it did; returns how many.

    Costs one look at an index when nothing is due, however many clocks run. Several workers may do this at once, and
    one that is killed loses nothing: what is not told of stays due. A clock that fails is logged and put off, and the
    others go on.
    """
    done = 0
    while keys := _due_keys(clock.now()):
        told = sum(_told_or_put_off(key) for key in keys)
        done += told
        if not told and not _put_off.keys() & set(keys):
            break
    return done


def _due_keys(now: datetime) -> list[str]:
    for key in [key for key, until in _put_off.items() if until <= now]:
        del _put_off[key]
    due = ClockRow.objects.filter(next_at__lt=now).exclude(pk__in=_put_off).order_by("next_at")
    return list(due.values_list("key", flat=True)[:AT_ONCE])


def _told_or_put_off(key: str) -> bool:
    try:
        return _tell(key)
    except OperationalError:
        raise  # the database is not there or is busy: no clock is to blame
    except Exception:
        log.exception("The clock %s could not be told of and is put off for %s", key, PUT_OFF)
        _put_off[key] = clock.now() + PUT_OFF
        return False


def _tell(key: str) -> bool:
    """Tell of the clock's next threshold if it is still due, in a transaction of its own."""
    with coming_via("timer"), update(TIMER):
        row = ClockRow.objects.select_for_update().filter(pk=key, next_at__lt=clock.now()).first()
        if row is None or row.next_at is None:
            return False
        record(_fact(row), subject_id=row.ticket_id, by=TIMER, occurred_at=row.next_at)
    return True


def _fact(row: ClockRow) -> Fact:
    told: dict[str, Any] = {
        "clock": row.key.partition(":")[2],
        "metric": row.metric,
        "version_id": row.version_id,
        "found_at": clock.now().isoformat(),
    }
    if row.next_threshold == COUNTS_ON:
        return SlaCountedOn(**told)
    return (
        SlaBreached(**told)
        if row.next_threshold >= BREACH
        else SlaWarned(threshold=row.next_threshold, **told)
    )

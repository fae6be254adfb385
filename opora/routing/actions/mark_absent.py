"""Whoever is idle is away, and whoever's browser fell silent is offline."""

from datetime import timedelta

from django.db.models import Q

from opora.core import clock
from opora.events.actor import TIMER
from opora.events.recording import update
from opora.routing.actions.set_presence import move
from opora.routing.models import AgentPresence
from opora.routing.weights import routing_settings

SILENT_AFTER = timedelta(seconds=150)
"""Three signs of life missed; a browser lets pages in the background speak once a minute."""

_STATE = AgentPresence.State
_AUTOMATIC = AgentPresence.Automatic


def mark_absent() -> int:
    """Make the idle away and the silent offline; returns how many changed. Two workers at once change each once."""
    now = clock.now()
    silent = Q(state__in=[_STATE.ONLINE, _STATE.AWAY], seen_at__lt=now - SILENT_AFTER)
    changed = sum(_become(pk, silent, _STATE.OFFLINE, _AUTOMATIC.SILENT) for pk in _found(silent))
    minutes = routing_settings().idle_minutes
    if minutes:
        idle = Q(state=_STATE.ONLINE, active_at__lt=now - timedelta(minutes=minutes))
        changed += sum(_become(pk, idle, _STATE.AWAY, _AUTOMATIC.IDLE) for pk in _found(idle))
    return changed


def _found(condition: Q) -> list[int]:
    return list(AgentPresence.objects.filter(condition).values_list("pk", flat=True))


def _become(person_id: int, condition: Q, state: str, automatic: str) -> int:
    with update(TIMER, via="timer"):
        presence = AgentPresence.objects.select_for_update().filter(condition, pk=person_id).first()
        if presence is None:
            return 0
        move(presence, by=TIMER, state=state, automatic=automatic)
    return 1

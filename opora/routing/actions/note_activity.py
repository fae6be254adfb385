"""A browser gives a sign of life, and what was ended by its silence comes back."""

from datetime import timedelta

from opora.core import clock
from opora.events.recording import coming_via, update
from opora.people.models import Person
from opora.routing.actions.set_presence import move, presence_for_update
from opora.routing.models import AgentPresence

BEAT_SECONDS = 45
"""How often an open page gives a sign of life."""


def note_activity(person: Person, *, is_active: bool) -> AgentPresence | None:
    """Note that the person's browser is open, and whether they did something; returns None if they never chose.

    Signs that come closer together than half a beat write nothing: a person may have many pages open.
    """
    presence = AgentPresence.objects.filter(pk=person.pk).first()
    if presence is None or presence.chosen == AgentPresence.State.OFFLINE:
        return presence
    if _came_back(presence, is_active=is_active):
        with coming_via("browser"), update(person):
            presence = presence_for_update(person)
            if _came_back(presence, is_active=is_active):
                now = clock.now()
                move(presence, by=person, state=presence.chosen, automatic="back", seen_at=now, active_at=now)
        return presence
    _mark(presence, is_active=is_active)
    return presence


def _came_back(presence: AgentPresence, *, is_active: bool) -> bool:
    if presence.automatic == AgentPresence.Automatic.IDLE:
        return is_active
    return presence.automatic == AgentPresence.Automatic.SILENT


def _mark(presence: AgentPresence, *, is_active: bool) -> None:
    now = clock.now()
    edge = now - timedelta(seconds=BEAT_SECONDS / 2)
    marks = {}
    if presence.seen_at is None or presence.seen_at < edge:
        marks["seen_at"] = now
    if is_active and (presence.active_at is None or presence.active_at < edge):
        marks["active_at"] = now
    if marks:
        AgentPresence.objects.filter(pk=presence.pk).update(**marks)

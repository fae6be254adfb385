"""A colleague comes online, goes away, leaves; or opens and closes ways of working."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from opora.core import clock
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.routing.channels import WAYS
from opora.routing.events import PresenceChanged
from opora.routing.models import AgentPresence
from opora.routing.policy import may_set_presence


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What somebody chose. `in_browser`: their own browser stands behind it and its silence will end it."""

    state: AgentPresence.State
    reason: str = ""
    closed_ways: Iterable[str] | None = None
    in_browser: bool = False


def set_presence(person: Person, chosen: Chosen, *, by: ActsAsActor) -> AgentPresence:
    """Set the presence by hand. A reason is kept only with "away"; ways of working not given stay as they are."""
    with update(by):
        require(may_set_presence(by, person))
        presence = presence_for_update(person)
        closed = presence.closed_ways if chosen.closed_ways is None else _known(chosen.closed_ways)
        now = clock.now()
        sign = now if chosen.in_browser else None
        reason = one_line(chosen.reason, limit=60) if chosen.state == AgentPresence.State.AWAY else ""
        fields: dict[str, Any] = {"chosen": chosen.state, "reason": reason, "closed_ways": closed}
        move(presence, by=by, state=chosen.state, seen_at=sign, active_at=sign, **fields)
    return presence


def presence_for_update(person: Person) -> AgentPresence:
    """Return the person's row, made if there is none, held until the transaction ends."""
    AgentPresence.objects.get_or_create(person=person)
    return AgentPresence.objects.select_for_update().get(pk=person.pk)


def move(
    presence: AgentPresence, *, by: ActsAsActor, state: str, automatic: str = "", **fields: Any
) -> AgentPresence:
    """Write the new state and record it if it differs; `automatic` says which silence or idleness caused it."""
    before, since = presence.state, presence.since
    told = (before, presence.reason, presence.closed_ways)
    for name, value in fields.items():
        setattr(presence, name, value)
    presence.state = state
    presence.automatic = automatic if automatic in AgentPresence.Automatic.values else ""
    now = clock.now()
    if before != state:
        presence.since = now
    presence.save()
    if told != (presence.state, presence.reason, presence.closed_ways):
        fact = PresenceChanged(
            before=before, after=presence.state, reason=presence.reason, automatic=automatic,
            closed_ways=presence.closed_ways, lasted=max(0, int((now - since).total_seconds())),
        )  # fmt: skip
        record(fact, subject_id=presence.pk, by=by)
    return presence


def _known(ways: Iterable[str]) -> list[str]:
    given = set(ways)
    return [way for way in WAYS if way in given]

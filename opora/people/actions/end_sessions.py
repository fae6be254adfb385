"""A colleague is signed out."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import PersonSignedOut
from opora.people.models import Person
from opora.people.policy import may_end_sessions, require


def end_sessions(sessions: Iterable[UserSession], *, of: Person, by: ActsAsActor) -> int:
    """End these sessions of a person at once; returns how many there were."""
    with update(by):
        require(may_end_sessions(by, of))
        ended = [session for session in sessions if session.user_id == of.pk]
        for session in ended:
            session.end()
        if ended:
            record(PersonSignedOut(sessions=len(ended)), subject_id=of.pk, by=by)
    return len(ended)

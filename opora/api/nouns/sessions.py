"""Where colleagues are signed in."""

from collections.abc import Sequence

from allauth.usersessions.models import UserSession
from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.people.policy import may


def sessions_for(call: Call) -> QuerySet[UserSession]:
    """Return everybody's sessions for whoever manages people, else the caller's own."""
    known = UserSession.objects.all()
    return known if may(call.person, "settings.people") else known.filter(user=call.person)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = UserSession.objects.in_bulk(ids)
    return [
        {
            "id": pk,
            "url": call.url(f"users/{rows[pk].user_id}/sessions/{pk}"),
            "user_id": rows[pk].user_id,
            "authenticated_at": stamp(rows[pk].created_at),
            "last_seen_at": stamp(rows[pk].last_seen_at),
        }
        for pk in ids
        if pk in rows
    ]


SESSIONS = Noun("session", "sessions", "sessions", sessions_for, _present)

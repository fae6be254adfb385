"""Sessions of colleagues, and their passwords."""

from allauth.core.ratelimit import consume
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import password_validators_help_texts

from opora.api.nouns.sessions import SESSIONS, sessions_for
from opora.api.wire.answers import NOTHING, Answer, one_of
from opora.api.wire.bodies import Json, require_text
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_list
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_attribute, not_found, rate_limited, restricted
from opora.api.wire.routing import operation
from opora.api.writes.users import person_to_change
from opora.people.actions.change_password import change_password
from opora.people.actions.end_sessions import end_sessions
from opora.people.models import Person

offer_list(SESSIONS)


@operation("GET", "users/{user_id}/sessions")
def sessions_of_user(call: Call, user_id: int) -> Json:
    """List where a colleague is signed in."""
    return list_of(call, SESSIONS, sessions_for(call).filter(user_id=user_id))


@operation("GET", "users/{user_id}/sessions/{session_id}")
def session_of_user(call: Call, user_id: int, session_id: int) -> Json:
    """Show one session."""
    return one_of(call, SESSIONS, _session(call, user_id, session_id).pk)


@operation("DELETE", "users/{user_id}/sessions/{session_id}")
def end_session(call: Call, user_id: int, session_id: int) -> Answer:
    """End one session."""
    session = _session(call, user_id, session_id)
    end_sessions([session], of=person_to_change(session.user_id), by=call.person)
    return NOTHING


@operation("DELETE", "users/{user_id}/sessions")
def end_sessions_of_user(call: Call, user_id: int) -> Answer:
    """Sign a colleague out everywhere."""
    person = person_to_change(user_id)
    end_sessions(UserSession.objects.filter(user=person), of=person, by=call.person)
    return NOTHING


@operation("DELETE", "sessions")
def end_own_sessions(call: Call) -> Answer:
    """Sign the caller out everywhere."""
    end_sessions(UserSession.objects.filter(user=call.person), of=call.person, by=call.person)
    return NOTHING


@operation("POST", "users/logout_many")
def sign_out_several(call: Call) -> Answer:
    """Sign several colleagues out everywhere."""
    for person in Person.objects.filter(pk__in=call.ids(), role__isnull=False).order_by("pk"):
        end_sessions(UserSession.objects.filter(user=person), of=person, by=call.person)
    return Answer({})


@operation("GET", "users/me/session")
def own_session(call: Call) -> Json:
    """Show where the caller was signed in last, in a list. Programs with a token have no session of their own."""
    latest = UserSession.objects.filter(user=call.person).order_by("-last_seen_at", "-pk")
    return {"session": SESSIONS.present(call, list(latest.values_list("pk", flat=True)[:1]))}


@operation("DELETE", "users/me/logout", who="people")
def sign_out(call: Call) -> Answer:
    """End the session that the call was made in. Calls with a token are made in none, so nothing ends."""
    return NOTHING


@operation("POST", "users/{user_id}/password", who="administrators")
def set_password_of(call: Call, user_id: int) -> Answer:
    """Refused, as by an account whose administrators may not set passwords: people set their own, by invitation or mail."""
    person_to_change(user_id)
    raise restricted()


@operation("PUT", "users/me/change_password")
def change_own_password(call: Call) -> Answer:
    """Change the caller's own password: `previous_password` and `password`."""
    return _change_password(call, call.person)


@operation("PUT", "users/{user_id}/password")
def change_password_of(call: Call, user_id: int) -> Answer:
    """Change one's own password. Nobody sets that of somebody else: they are invited, or reset it by mail."""
    if user_id != call.person.pk:
        raise restricted()
    return _change_password(call, call.person)


@operation("GET", "users/{user_id}/password/requirements")
def password_requirements(call: Call, user_id: int) -> Json:
    """List what a new password has to be."""
    person_to_change(user_id)
    return {"requirements": [str(words) for words in password_validators_help_texts()]}


def _change_password(call: Call, person: Person) -> Answer:
    given = call.body
    if not isinstance(given, dict):
        raise invalid_attribute("password", "must be an object")
    previous, password = require_text(given, "previous_password"), require_text(given, "password")
    if not consume(call.request, action="change_password", user=person):
        raise rate_limited(60)
    change_password(person, previous=previous, password=password)
    return Answer({})


def _session(call: Call, user_id: int, session_id: int) -> UserSession:
    found = sessions_for(call).filter(user_id=user_id, pk=session_id).first()
    if found is None:
        raise not_found()
    return found

"""Addresses and numbers of people."""

from typing import Any

from opora.api.nouns.identities import IDENTITIES, KINDS
from opora.api.nouns.users import USERS
from opora.api.wire.answers import NOTHING, Answer, changed, created, one_of
from opora.api.wire.bodies import FLAG, TEXT, Body, Json, require_text
from opora.api.wire.call import Call
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.routing import operation
from opora.api.writes.users import person_to_change
from opora.people.actions.add_identity import add_identity
from opora.people.actions.ask_to_verify import ask_to_verify
from opora.people.actions.change_identity import change_identity
from opora.people.actions.make_primary import make_primary
from opora.people.actions.remove_identity import remove_identity
from opora.people.actions.verify_identity import verify_identity
from opora.people.models import Identity

IDENTITY = Body(
    "identity",
    {"type": TEXT, "value": TEXT, "verified": FLAG, "primary": FLAG, "skip_verify_email": FLAG},
    ("type", "value"),
)


@operation("GET", "users/{user_id}/identities")
def list_identities(call: Call, user_id: int) -> Json:
    """List the addresses and numbers of a person, of some types if asked."""
    rows = Identity.objects.filter(person=USERS.find(call, user_id))
    wanted = call.all_of("type")
    return list_of(
        call,
        IDENTITIES,
        rows.filter(kind__in=[KINDS[word] for word in wanted if word in KINDS]) if wanted else rows,
    )


@operation("GET", "users/{user_id}/identities/{identity_id}")
def show_identity(call: Call, user_id: int, identity_id: int) -> Json:
    """Show one address or number."""
    return one_of(call, IDENTITIES, _identity(user_id, identity_id).pk)


@operation("POST", "users/{user_id}/identities", takes=IDENTITY)
def create_identity(call: Call, user_id: int) -> Answer:
    """Add an address or number to a person."""
    given = call.read(IDENTITY)
    kind = KINDS.get(str(given.get("type")))
    if kind is None:
        raise invalid_record("type", f"{given.get('type')} is not supported")
    identity = add_identity(
        person_to_change(user_id), by=call.person, kind=kind, value=require_text(given, "value")
    )
    _follow_flags(call, identity, given)
    return created(call, IDENTITIES, identity.pk)


@operation("PUT", "users/{user_id}/identities/{identity_id}", takes=IDENTITY)
def update_identity(call: Call, user_id: int, identity_id: int) -> Any:
    """Verify an address, make it the primary one, or replace its value."""
    identity, given = _identity(user_id, identity_id), call.read(IDENTITY)
    if given.get("value") and given["value"] != identity.value:
        change_identity(identity, by=call.person, value=given["value"])
    _follow_flags(call, identity, given)
    return changed(call, IDENTITIES, identity.pk)


def _follow_flags(call: Call, identity: Identity, given: Json) -> None:
    if given.get("verified"):
        verify_identity(identity, by=call.person)
    if given.get("primary") and identity.kind == Identity.Kind.EMAIL:
        make_primary(identity, by=call.person)


@operation("DELETE", "users/{user_id}/identities/{identity_id}")
def delete_identity(call: Call, user_id: int, identity_id: int) -> Answer:
    """Remove an address or number."""
    remove_identity(_identity(user_id, identity_id), by=call.person)
    return NOTHING


@operation("PUT", "users/{user_id}/identities/{identity_id}/make_primary")
def make_identity_primary(call: Call, user_id: int, identity_id: int) -> Any:
    """Make an address the primary one."""
    make_primary(_identity(user_id, identity_id), by=call.person)
    return lambda: list_of(call, IDENTITIES, Identity.objects.filter(person_id=user_id))


@operation("PUT", "users/{user_id}/identities/{identity_id}/verify")
def verify(call: Call, user_id: int, identity_id: int) -> Any:
    """Vouch that an address is the person's."""
    identity = verify_identity(_identity(user_id, identity_id), by=call.person)
    return changed(call, IDENTITIES, identity.pk)


@operation("PUT", "users/{user_id}/identities/{identity_id}/request_verification")
def request_verification(call: Call, user_id: int, identity_id: int) -> Any:
    """Send the person a link with which they confirm the address."""
    identity = ask_to_verify(_identity(user_id, identity_id), by=call.person, site=call.base)
    return changed(call, IDENTITIES, identity.pk)


def _identity(user_id: int, identity_id: int) -> Identity:
    found = Identity.objects.select_related("person__role").filter(person_id=user_id, pk=identity_id).first()
    if found is None:
        raise not_found()
    return found

"""Addresses and numbers of people, as they are written among the attributes of a person."""

from opora.api.nouns.identities import KINDS
from opora.api.wire.bodies import Json
from opora.api.wire.problems import invalid_record
from opora.people.actions.add_identity import add_identity
from opora.people.actions.make_primary import make_primary
from opora.people.actions.verify_identity import verify_identity
from opora.people.addresses import normalise_email, valid_email
from opora.people.models import Identity, Person
from opora.people.queries import person_by_email


def refuse_taken_address(email: str) -> None:
    """Raise 422 for an address that is somebody's."""
    if person_by_email(valid_email(email)):
        raise invalid_record(
            "email", f"{normalise_email(email)} is already being used by another user", "DuplicateValue"
        )


def set_address(person: Person, email: str, *, by: Person) -> None:
    """Make the address the primary one, as a new identity if it is not one yet."""
    if normalise_email(email) == person.email:
        return
    known = person_by_email(valid_email(email))
    if known and known.pk != person.pk:
        raise invalid_record("email", f"{email} is already being used by another user", "DuplicateValue")
    identity = add_identity(person, by=by, kind=Identity.Kind.EMAIL, value=email)
    make_primary(identity, by=by)


def set_identities(person: Person, given: Json, *, by: Person) -> None:
    """Add the addresses and numbers that `identities` lists."""
    for one in given.get("identities") or []:
        if isinstance(one, dict) and one.get("value"):
            kind = KINDS.get(str(one.get("type")))
            if kind is None:
                raise invalid_record("identities", f"{one.get('type')} is not supported")
            add_identity(person, by=by, kind=kind, value=str(one["value"]))


def vouch(person: Person, given: Json, *, by: Person) -> None:
    """Take the caller's word that the person's address is theirs."""
    if given.get("verified") is True:
        for identity in Identity.objects.filter(person=person, is_primary=True, verified_at=None):
            identity.person = person
            verify_identity(identity, by=by)

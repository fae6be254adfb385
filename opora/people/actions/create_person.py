"""Somebody becomes known."""

from django.db.models import QuerySet

from opora.core.prepared import insert, prepared
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.actions.belong import settle_default
from opora.people.addresses import domain_of, valid_email
from opora.people.events import PersonCreated
from opora.people.models import Identity, Organization, Person


def create_person(*, by: ActsAsActor, name: str = "", email: str = "", **fields: object) -> Person:
    """Add a customer, known by `email` if given, in the organization of the address's domain if there is one.

    `fields` are further fields of `Person`. Raises `Invalid` for a malformed address; an address that is known
    already gives that person back.
    """
    email = valid_email(email) if email else ""
    with update(by):
        if email:
            known = _known_by(Identity.Kind.EMAIL.value, email)
            if known:
                return Person.objects.select_related("role").get(pk=known[0])
            fields.setdefault("organization", _organization_of(email))
        person = Person(name=one_line(name) or email.partition("@")[0], email=email, **fields)
        person.set_unusable_password()
        insert(person)
        if email:
            insert(Identity(person=person, kind=Identity.Kind.EMAIL, value=email, is_primary=True))
        if person.organization_id:
            settle_default(person)
        record(PersonCreated(name=person.name, email=email), subject_id=person.pk, by=by)
    return person


@prepared
def _known_by(kind: str, value: str) -> QuerySet[Identity, int]:
    return Identity.objects.filter(kind=kind, value=value).values_list("person_id", flat=True)


def _organization_of(email: str) -> Organization | None:
    return _owner_of.first(domain_of(email))


@prepared
def _owner_of(domain: str) -> QuerySet[Organization]:
    return Organization.objects.filter(domains__domain=domain)[:1]

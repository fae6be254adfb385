"""What people read from the log: the words that each is found by."""

from functools import partial

from django.db.models import QuerySet

from opora.core.prepared import prepared
from opora.events.models import Event
from opora.events.projection import Projection
from opora.people.events import (
    IdentityAdded,
    IdentityRemoved,
    PersonChanged,
    PersonCreated,
    PersonMerged,
    PersonUnmerged,
    PrimaryAddressChanged,
)
from opora.people.models import Person
from opora.people.queries import KIND
from opora.search import index
from opora.search.documents import Text

names = Projection("people search", owns=[], reset=partial(index.clear, KIND))


@names.on(PersonCreated)
def index_new(fact: object, event: Event) -> None:
    for text in _texts_of(event.subject_id):
        index.bulk_put(KIND, [text], fresh=True)


@names.on(PersonChanged, IdentityAdded, IdentityRemoved, PrimaryAddressChanged)
def index_person(fact: object, event: Event) -> None:
    _index(event.subject_id)


@names.on(PersonMerged)
def index_merged(fact: PersonMerged, event: Event) -> None:
    """Whoever looks for the one finds the other."""
    index.remove(KIND, event.subject_id)
    _index(fact.into_id)


@names.on(PersonUnmerged)
def index_unmerged(fact: PersonUnmerged, event: Event) -> None:
    _index(event.subject_id)
    _index(fact.from_id)


def _index(person_id: int) -> None:
    index.bulk_put(KIND, _texts_of(person_id))


def _texts_of(person_id: int) -> list[Text]:
    """Return what the person is found by; nothing of somebody who is not there any more."""
    found = _found_by(person_id)
    addresses = " ".join(value for *_person, value in found if value)
    return [
        Text(person_id, name, "", people=f"{email} {addresses}", codes=phone)
        for name, email, phone, _value in found[:1]
    ]


@prepared
def _found_by(person_id: int) -> QuerySet[Person, tuple[str, str, str, str | None]]:
    people = Person.objects.filter(pk=person_id).order_by("-identities__is_primary", "identities__id")
    return people.values_list("name", "email", "phone", "identities__value")

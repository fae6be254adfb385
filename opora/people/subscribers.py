"""What people read from the log: the words that each is found by."""

from functools import partial

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

names = Projection("people search", owns=[], reset=partial(index.clear, KIND))


@names.on(PersonCreated, PersonChanged, IdentityAdded, IdentityRemoved, PrimaryAddressChanged)
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
    person = Person.objects.filter(pk=person_id).first()
    if person:
        addresses = " ".join(person.identities.values_list("value", flat=True))
        index.put(
            KIND,
            person.pk,
            title=person.name,
            body="",
            people=f"{person.email} {addresses}",
            codes=person.phone,
        )

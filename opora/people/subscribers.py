"""What people read from the log: the words that each is found by."""

from opora.events.models import Event
from opora.events.projection import Projection
from opora.people.events import (
    IdentityAdded,
    IdentityRemoved,
    PersonChanged,
    PersonCreated,
    PersonMerged,
    PrimaryAddressChanged,
)
from opora.people.models import Person
from opora.people.queries import KIND
from opora.search import index

names = Projection("people search", owns=[])


@names.on(PersonCreated, PersonChanged, IdentityAdded, IdentityRemoved, PrimaryAddressChanged)
def index_person(fact: object, event: Event) -> None:
    person = Person.objects.filter(pk=event.subject_id).first()
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


@names.on(PersonMerged)
def forget_person(fact: PersonMerged, event: Event) -> None:
    index.remove(KIND, event.subject_id)

import pytest

from opora.core.refusals import Invalid
from opora.events.actor import SYSTEM
from opora.people.actions.create_person import create_person
from opora.people.models import Person
from opora.people.tests.log_of import kinds_of


def test_whoever_writes_first_becomes_known_and_belongs_where_their_domain_does(cast):
    person = create_person(by=SYSTEM, name=" Zofia  Nowak ", email="Zofia@Bank.Test")
    assert (person.name, person.email, person.organization) == ("Zofia Nowak", "zofia@bank.test", cast.bank)
    assert person.identities.get().is_primary
    assert not person.has_usable_password()
    assert kinds_of("person", person.pk) == ["person.created"]


def test_a_known_address_gives_back_who_it_belongs_to(cast):
    assert create_person(by=SYSTEM, name="Somebody", email="KATERYNA@example.com") == cast.customer
    assert Person.objects.get(pk=cast.customer.pk).name == "Kateryna Customer"


def test_a_malformed_address_is_refused_and_nothing_made(cast):
    before = Person.objects.count()
    with pytest.raises(Invalid):
        create_person(by=SYSTEM, email="not an address")
    assert Person.objects.count() == before

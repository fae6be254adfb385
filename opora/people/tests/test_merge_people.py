import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.events.actor import SYSTEM
from opora.people.actions.create_person import create_person
from opora.people.actions.merge_people import merge_people
from opora.people.actions.unmerge_people import unmerge_people
from opora.people.models import Person
from opora.people.queries import person_by_email
from opora.people.tests.log_of import last_event
from opora.search.index import find
from opora.search.query import TextQuery


def test_whoever_looks_for_the_one_finds_the_other(cast):
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    source, into = Person.objects.get(pk=cast.customer.pk), Person.objects.get(pk=cast.banker.pk)
    assert (source.merged_into, source.email) == (into, "")
    assert into.email == "bohdan@bank.test"
    assert person_by_email("kateryna@example.com") == into
    assert into.identities.filter(is_primary=True).count() == 1
    event = last_event()
    assert (event.kind, event.subject_id, event.body["into_id"]) == ("person.merged", source.pk, into.pk)


def test_the_search_finds_the_one_by_the_address_of_the_other(cast):
    def found():
        return [hit.id for hit in find("person", TextQuery.of("kateryna@example.com"))]

    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    assert found() == [cast.banker.pk]
    unmerge_people(cast.customer, by=cast.lead)
    assert found() == [cast.customer.pk]


def test_what_the_other_lacks_is_filled_in(cast):
    Person.objects.filter(pk=cast.customer.pk).update(phone="+380", notes="Calls often", locale="uk")
    Person.objects.filter(pk=cast.banker.pk).update(notes="VIP", locale="en")
    merge_people(Person.objects.get(pk=cast.customer.pk), into=cast.banker, by=cast.lead)
    into = Person.objects.get(pk=cast.banker.pk)
    assert (into.phone, into.locale, into.notes) == ("+380", "en", "VIP\n\nCalls often")


def test_who_has_no_address_takes_the_first(cast):
    nameless = create_person(by=SYSTEM, name="Caller")
    merge_people(cast.customer, into=nameless, by=cast.lead)
    into = Person.objects.get(pk=nameless.pk)
    assert into.email == "kateryna@example.com"
    assert into.identities.get().is_primary


def test_a_chain_leads_to_its_end(cast):
    third = create_person(by=SYSTEM, name="Third", email="third@example.com")
    merge_people(cast.customer, into=third, by=cast.lead)
    merge_people(third, into=cast.banker, by=cast.lead)
    assert Person.objects.get(pk=cast.customer.pk).merged_into == cast.banker


def test_nobody_is_merged_with_themselves_a_colleague_or_twice(cast):
    with pytest.raises(Invalid):
        merge_people(cast.customer, into=cast.customer, by=cast.lead)
    with pytest.raises(Invalid):
        merge_people(cast.customer, into=cast.agent, by=cast.lead)
    with pytest.raises(Invalid):
        merge_people(cast.agent, into=cast.customer, by=cast.owner)
    merge_people(cast.customer, into=cast.banker, by=cast.lead)
    for source, into in ((cast.customer, cast.banker), (cast.banker, cast.customer)):
        with pytest.raises(Invalid):
            merge_people(source, into=into, by=cast.lead)


def test_an_agent_merges_nobody(cast):
    with pytest.raises(NotAllowed):
        merge_people(cast.customer, into=cast.banker, by=cast.agent)
    assert Person.objects.get(pk=cast.customer.pk).merged_into is None

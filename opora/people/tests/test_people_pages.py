"""The pages about people as they are used."""

import pytest
from django.urls import reverse

from opora.events.actor import SYSTEM
from opora.people.actions.create_person import create_person
from opora.people.actions.mark_undeliverable import mark_undeliverable
from opora.people.models import Organization, Person


@pytest.fixture
def agent(cast, as_):
    return as_(cast.agent)


def names(page: str, *wanted: str) -> list[str]:
    return [name for name in wanted if name in page]


@pytest.mark.parametrize("typed", ["kater", "KATER", "Customer", "kateryna@", "  Kateryna  Cust"])
def test_customers_are_found_by_the_beginning_of_name_word_or_address(agent, typed):
    page = agent.get(reverse("people:people"), {"q": typed}).content.decode()
    assert names(page, "Kateryna Customer", "Bohdan Banker") == ["Kateryna Customer"]


@pytest.mark.parametrize("typed", ["лис", "ЛИС", "Лис", "олександра-вікторія"])
def test_cyrillic_names_are_found_in_any_case(agent, cast, typed):
    create_person(by=SYSTEM, name="Олександра-Вікторія Лисогорська", email="o@example.com")
    assert "Лисогорська" in agent.get(reverse("people:people"), {"q": typed}).content.decode()


def test_a_second_address_finds_its_person(agent, cast):
    agent.post(
        reverse("people:identities", args=[cast.customer.pk]), {"kind": "email", "value": "k@work.example"}
    )
    assert "Kateryna Customer" in agent.get(reverse("people:people"), {"q": "k@work"}).content.decode()


def test_pages_follow_one_another_without_gap_or_double(agent):
    for number in range(120):
        create_person(by=SYSTEM, name=f"Person {number:03}", email=f"person{number}@example.com")
    seen: list[str] = []
    query = {"q": "person", "sort": "name"}
    while True:
        answer = agent.get(reverse("people:people"), query)
        page = answer.context["page"]
        seen += [person.name for person in page.rows]
        if not page.next_cursor:
            break
        query["cursor"] = page.next_cursor
    assert seen == [f"Person {number:03}" for number in range(120)]
    assert agent.get(reverse("people:people"), query | {"cursor": "made-up"}).status_code == 422


def test_colleagues_and_organizations_have_their_lists(agent):
    assert "Lesia Lead" in agent.get(reverse("people:colleague_list")).content.decode()
    assert "bank.test" in agent.get(reverse("people:organizations"), {"q": "bank"}).content.decode()


def test_the_page_of_a_person_shows_what_is_known(agent, cast, ticket):
    mark_undeliverable(cast.customer.identities.get(), by=SYSTEM, reason="550 no such user")
    page = agent.get(reverse("people:person", args=[cast.customer.pk])).content.decode()
    assert "550 no such user" in page
    assert "added Kateryna Customer" in page
    tickets = agent.get(reverse("tickets:person_tickets", args=[cast.customer.pk])).content.decode()
    assert ticket.subject in tickets


def test_the_tickets_of_a_person_are_those_that_one_may_see(cast, as_, ticket):
    answer = as_(cast.outsider).get(reverse("tickets:person_tickets", args=[cast.customer.pk]))
    assert ticket.subject not in answer.content.decode()
    answer = as_(cast.outsider).get(reverse("tickets:organization_tickets", args=[cast.bank.pk]))
    assert answer.status_code == 200


def test_a_customer_is_added_by_hand(agent, cast):
    given = {"name": "Zofia", "email": "Zofia@Bank.test", "time_zone": "Europe/Warsaw", "locale": "pl"}
    answer = agent.post(reverse("people:new_person"), given)
    person = Person.objects.get(email="zofia@bank.test")
    assert answer["Location"] == reverse("people:person", args=[person.pk])
    assert (person.organization, person.time_zone) == (cast.bank, "Europe/Warsaw")
    answer = agent.post(reverse("people:new_person"), given)
    assert answer.status_code == 422
    assert "This address belongs to Zofia already" in answer.content.decode()


def test_a_profile_is_changed_and_a_wrong_value_is_refused_beside_its_field(agent, cast):
    page = reverse("people:edit_person", args=[cast.customer.pk])
    assert agent.post(page, {"name": "Kateryna", "organization": cast.bank.pk}).status_code == 302
    cast.customer.refresh_from_db()
    assert (cast.customer.name, cast.customer.organization) == ("Kateryna", cast.bank)
    agent.post(page, {"name": "Kateryna", "organization": ""})
    cast.customer.refresh_from_db()
    assert cast.customer.organization is None
    for wrong in (
        {"name": ""},
        {"name": "K", "time_zone": "Mars/Base"},
        {"name": "K", "organization": "999"},
    ):
        assert agent.post(page, wrong).status_code == 422


def test_a_form_cannot_carry_more_than_it_shows(agent, cast):
    """Mass assignment: fields that the form does not have are not looked at."""
    page = reverse("people:edit_person", args=[cast.agent.pk])
    agent.post(
        page, {"name": "Andrii", "role": cast.owner.role_id, "email": "owner@desk.test", "is_active": "on"}
    )
    person = Person.objects.get(pk=cast.agent.pk)
    assert (person.name, person.role, person.email) == ("Andrii", cast.agent.role, "andrii@desk.test")
    agent.post(
        reverse("people:me"),
        {"name": "A", "locale": "uk", "theme": "dark", "density": "compact", "role": "1"},
    )
    person.refresh_from_db()
    assert (person.name, person.theme, person.role) == ("A", "dark", cast.agent.role)


def test_addresses_are_kept_in_order_from_the_page(agent, cast):
    page = reverse("people:person", args=[cast.customer.pk])
    refused = agent.post(
        reverse("people:identities", args=[cast.customer.pk]), {"kind": "email", "value": "bohdan@bank.test"}
    )
    assert refused.status_code == 422
    assert "Merge the two people instead" in refused.content.decode()
    agent.post(
        reverse("people:identities", args=[cast.customer.pk]), {"kind": "email", "value": "k@work.example"}
    )
    second = cast.customer.identities.get(value="k@work.example")
    assert agent.post(reverse("people:primary", args=[second.pk]))["Location"] == page
    mark_undeliverable(second, by=SYSTEM, reason="550")
    agent.post(reverse("people:deliverability", args=[second.pk]))
    agent.post(reverse("people:identity_removal", args=[cast.customer.identities.get(is_primary=False).pk]))
    assert cast.customer.identities.get() == second
    assert agent.post(reverse("people:identity_removal", args=[999])).status_code == 404


def test_a_person_is_suspended_and_let_in_again(agent, cast):
    agent.post(reverse("people:suspension", args=[cast.customer.pk]))
    assert "suspended" in agent.get(reverse("people:person", args=[cast.customer.pk])).content.decode()
    agent.post(reverse("people:unsuspension", args=[cast.customer.pk]))
    assert Person.objects.get(pk=cast.customer.pk).suspended_at is None


def test_an_organization_is_added_with_its_domains(agent, cast):
    answer = agent.post(
        reverse("people:new_organization"),
        {"name": "Second Bank", "domains": "second.test\n@2.test, third.test"},
    )
    made = Organization.objects.get(name="Second Bank")
    assert answer["Location"] == reverse("people:organization", args=[made.pk])
    assert list(made.domains.values_list("domain", flat=True)) == ["2.test", "second.test", "third.test"]
    answer = agent.post(
        reverse("people:edit_organization", args=[made.pk]), {"name": "Second Bank", "domains": "bank.test"}
    )
    assert answer.status_code == 422
    assert "belongs to First Bank already" in answer.content.decode()
    assert agent.get(reverse("people:organization", args=[cast.bank.pk])).status_code == 200


def test_fields_that_find_answer_with_options(agent, cast):
    def labels(name, **query):
        return [option["label"] for option in agent.get(reverse(name), query).json()]

    assert labels("people:lookup_zones", q="kyiv") == ["Europe/Kyiv"]
    assert labels("people:lookup_organizations", q="fir") == ["First Bank"]
    assert labels("people:lookup_customers", q="", beside=cast.customer.pk) == ["Bohdan Banker"]

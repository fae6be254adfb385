"""Tickets of a private group: seen by its members, by administrators, and by whoever is put on them by name."""

import pytest
from django.test import Client

from opora.events.models import Event
from opora.people.actions.save_group import save_group
from opora.people.models import Person
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.models import Ticket
from opora.tickets.policy import may_see, visible_tickets
from opora.tickets.queries import tickets_for


@pytest.fixture
def security(cast):
    return save_group(by=cast.owner, name="Security", is_private=True, members=[cast.second])


@pytest.fixture
def secret(make_ticket, security):
    return make_ticket("Leaked passwords", group=security)


def known(person):
    return Person.objects.select_related("role").get(pk=person.pk)


def test_members_and_administrators_see_them_and_others_do_not(cast, secret, ticket):
    for person, sees in (
        (cast.owner, True), (cast.second, True), (cast.agent, False), (cast.lead, False), (cast.customer, True),
    ):  # fmt: skip
        assert may_see(known(person), secret) is sees, person
        assert (secret in tickets_for(known(person))) is sees, person
    assert may_see(known(cast.agent), ticket)


def test_a_page_and_a_search_do_not_show_them(cast, as_, secret):
    outside: Client = as_(cast.agent)
    assert outside.get(f"/tickets/{secret.pk}").status_code == 404
    assert "Leaked passwords" not in outside.get("/search?q=passwords").content.decode()
    assert as_(cast.second).get(f"/tickets/{secret.pk}").status_code == 200


def test_whoever_is_put_on_one_by_name_sees_it(cast, secret):
    assert not may_see(known(cast.agent), secret)
    add_collaborators(secret, [cast.agent], kind="follower", by=cast.owner)
    assert may_see(known(cast.agent), secret) and secret in tickets_for(known(cast.agent))
    assign_ticket(secret, by=cast.owner, assignee=cast.lead)
    assert may_see(known(cast.lead), secret)


def test_the_two_ways_of_asking_agree_for_everybody(cast, make_ticket, security):
    made = [make_ticket(group=security), make_ticket(), make_ticket(group=security, assignee=cast.agent)]
    for person in (cast.owner, cast.lead, cast.agent, cast.second, cast.outsider):
        by = known(person)
        listed = set(Ticket.objects.filter(visible_tickets(by)).values_list("pk", flat=True))
        assert listed == {one.pk for one in made if may_see(by, one)}, person


def test_making_a_group_private_is_a_fact_and_hides_what_it_has(cast, ticket):
    assert may_see(known(cast.agent), ticket)
    save_group(cast.group, by=cast.owner, is_private=True, members=[cast.owner])
    assert not may_see(known(cast.agent), ticket)
    assert Event.objects.filter(kind="group.saved").latest("id").body["changes"]["is_private"] == [
        False,
        True,
    ]

import pytest
from django.urls import reverse

from opora.core.refusals import Conflict, NotAllowed, NotFound
from opora.people.actions.deactivate_colleague import deactivate_colleague, reactivate_colleague
from opora.people.actions.invite_colleague import invite_colleague, open_invitation
from opora.people.models import Person
from opora.people.tests.log_of import kinds_of, last_event


def test_a_deactivated_colleague_is_out_at_once_and_may_come_back(cast, as_):
    browser = as_(cast.agent)
    assert browser.get(reverse("people:people")).status_code == 200
    deactivate_colleague(cast.agent, by=cast.owner)
    assert last_event().kind == "person.deactivated"
    assert browser.get(reverse("people:people")).status_code == 302
    reactivate_colleague(cast.agent, by=cast.owner)
    assert last_event().kind == "person.reactivated"
    assert Person.objects.get(pk=cast.agent.pk).is_colleague


def test_twice_is_once(cast):
    deactivate_colleague(cast.agent, by=cast.owner)
    deactivate_colleague(cast.agent, by=cast.owner)
    assert kinds_of("person", cast.agent.pk).count("person.deactivated") == 1


def test_nobody_deactivates_themselves(cast):
    with pytest.raises(Conflict):
        deactivate_colleague(cast.owner, by=cast.owner)


def test_the_last_administrator_stays(cast):
    cast.lead.role.permissions = ["settings.people"]
    with pytest.raises(NotAllowed):
        deactivate_colleague(cast.owner, by=cast.lead)
    assert Person.objects.get(pk=cast.owner.pk).is_active


def test_an_agent_deactivates_nobody(cast):
    for person in (cast.second, cast.customer):
        with pytest.raises(NotAllowed):
            deactivate_colleague(person, by=cast.agent)


def test_an_open_invitation_lapses(cast):
    person, token = invite_colleague(by=cast.owner, email="new@desk.test", name="New", role=cast.agent.role)
    deactivate_colleague(person, by=cast.owner)
    with pytest.raises(NotFound):
        open_invitation(token)

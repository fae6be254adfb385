import pytest

from opora.core.refusals import NotAllowed
from opora.people.actions.change_person import change_person
from opora.people.models import Role
from opora.people.tests.log_of import last_event


def test_a_change_is_recorded_with_before_and_after(cast):
    change_person(cast.customer, by=cast.agent, name="Kateryna Shevchenko", locale="uk")
    cast.customer.refresh_from_db()
    assert (cast.customer.name, cast.customer.locale) == ("Kateryna Shevchenko", "uk")
    event = last_event()
    assert (event.kind, event.actor_id) == ("person.changed", cast.agent.pk)
    assert event.body["changes"]["name"] == ["Kateryna Customer", "Kateryna Shevchenko"]


def test_nothing_new_is_nothing_recorded(cast):
    before = last_event()
    change_person(cast.customer, by=cast.agent, name=cast.customer.name)
    assert last_event() == before


def test_a_light_agent_changes_no_customer_but_themselves(cast):
    with pytest.raises(NotAllowed):
        change_person(cast.customer, by=cast.outsider, name="X")
    change_person(cast.outsider, by=cast.outsider, theme="dark")
    assert last_event().body["changes"] == {"theme": ["auto", "dark"]}


def test_an_agent_changes_no_colleague(cast):
    with pytest.raises(NotAllowed):
        change_person(cast.second, by=cast.agent, name="X")


@pytest.mark.parametrize("field", ["role", "is_active", "email", "password", "suspended_at", "merged_into"])
def test_what_has_an_action_of_its_own_cannot_be_changed_in_passing(cast, field):
    value = Role.objects.get(kind=Role.Kind.ADMINISTRATOR) if field == "role" else None
    with pytest.raises(NotAllowed):
        change_person(cast.agent, by=cast.agent, **{field: value})
    with pytest.raises(NotAllowed):
        change_person(cast.agent, by=cast.owner, **{field: value})

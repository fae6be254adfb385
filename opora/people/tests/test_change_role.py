import pytest

from opora.core.refusals import Conflict, NotAllowed
from opora.people.actions.change_role import change_role
from opora.people.models import Person, Role
from opora.people.tests.log_of import last_event


@pytest.fixture
def roles(cast):
    return {role.kind: role for role in Role.objects.exclude(kind=Role.Kind.CUSTOM)}


@pytest.fixture
def keeper(cast):
    """A colleague who manages people, and nothing more than an agent does."""
    permissions = ["settings.people", "tickets.reply", "tickets.note"]
    role = Role.objects.create(name="Keeper", permissions=permissions, ticket_access=Role.Access.GROUPS)
    cast.second.role = role
    cast.second.save()
    return Person.objects.get(pk=cast.second.pk)


def test_an_administrator_gives_another_role(cast, roles):
    change_role(cast.agent, by=cast.owner, role=roles["team_lead"])
    assert Person.objects.get(pk=cast.agent.pk).role == roles["team_lead"]
    event = last_event()
    assert (event.kind, event.body) == ("person.changed", {"changes": {"role": ["Agent", "Team lead"]}})


def test_an_agent_does_not_make_themselves_an_administrator(cast, roles):
    with pytest.raises(NotAllowed):
        change_role(cast.agent, by=cast.agent, role=roles["administrator"])
    assert Person.objects.get(pk=cast.agent.pk).role == roles["agent"]


def test_who_manages_people_gives_no_more_than_they_have(cast, roles, keeper):
    for kind in ("administrator", "team_lead", "agent"):
        with pytest.raises(NotAllowed):
            change_role(keeper, by=keeper, role=roles[kind])


def test_a_role_that_shows_more_tickets_cannot_be_given_either(cast, keeper):
    wide = Role.objects.create(name="Wide", permissions=["tickets.note"], ticket_access=Role.Access.ALL)
    with pytest.raises(NotAllowed):
        change_role(cast.outsider, by=keeper, role=wide)
    narrow = Role.objects.create(
        name="Narrow", permissions=["tickets.reply"], ticket_access=Role.Access.GROUPS
    )
    assert change_role(cast.outsider, by=keeper, role=narrow).role == narrow


def test_who_may_do_more_is_not_demoted_by_who_may_do_less(cast, keeper):
    with pytest.raises(NotAllowed):
        change_role(cast.owner, by=keeper, role=keeper.role)


def test_the_last_administrator_stays_one(cast, roles):
    with pytest.raises(Conflict) as refusal:
        change_role(cast.owner, by=cast.owner, role=roles["agent"])
    assert refusal.value.field == "role"
    change_role(cast.lead, by=cast.owner, role=roles["administrator"])
    assert change_role(cast.owner, by=cast.owner, role=roles["agent"]).role == roles["agent"]


def test_a_customer_gets_no_role_this_way(cast, roles):
    with pytest.raises(NotAllowed):
        change_role(cast.customer, by=cast.owner, role=roles["agent"])

import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.people.actions.save_role import save_role
from opora.people.models import Person, Role
from opora.people.tests.log_of import last_event


def test_a_role_gives_what_its_maker_may_do(cast):
    role = save_role(by=cast.owner, name="Night shift", permissions=["tickets.reply"], ticket_access="groups")
    assert role.allowed == {"tickets.reply"}
    assert last_event().kind == "role.saved"
    with pytest.raises(Invalid):
        save_role(by=cast.owner, name="night SHIFT")
    with pytest.raises(Invalid):
        save_role(by=cast.owner, name="Other", permissions=["tickets.everything"])


def test_nobody_makes_a_role_that_may_do_more_than_they(cast):
    own = Role.objects.create(
        name="Keeper", permissions=["settings.people", "tickets.reply"], ticket_access="groups"
    )
    cast.second.role = own
    cast.second.save()
    keeper = Person.objects.get(pk=cast.second.pk)
    with pytest.raises(NotAllowed):
        save_role(by=keeper, name="Stronger", permissions=["settings.desk"], ticket_access="groups")
    with pytest.raises(NotAllowed):
        save_role(own, by=keeper, permissions=[*own.permissions, "settings.desk"])
    with pytest.raises(NotAllowed):
        save_role(Role.objects.get(pk=own.pk), by=keeper, ticket_access="all")
    with pytest.raises(NotAllowed):
        save_role(Role.objects.get(kind="team_lead"), by=keeper, permissions=["tickets.reply"])
    assert save_role(by=keeper, name="Same", permissions=["tickets.reply"], ticket_access="assigned").pk


def test_the_administrators_role_keeps_everything(cast):
    administrator = Role.objects.get(kind=Role.Kind.ADMINISTRATOR)
    for fields in ({"permissions": []}, {"ticket_access": "assigned"}):
        with pytest.raises(Invalid):
            save_role(administrator, by=cast.owner, **fields)
    assert save_role(administrator, by=cast.owner, name="Boss").name == "Boss"

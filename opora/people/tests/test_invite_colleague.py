from datetime import timedelta

import pytest

from opora.core import clock
from opora.core.refusals import Invalid, NotAllowed, NotFound
from opora.people.actions.invite_colleague import accept_invitation, invite_colleague, open_invitation
from opora.people.models import Invitation, Person, Role
from opora.people.tests.log_of import kinds_of

PASSWORD = "three-quiet-lamps"


def invite(cast, **fields):
    values = {"by": cast.owner, "email": "new@desk.test", "name": "New Colleague", "role": cast.agent.role}
    return invite_colleague(**(values | fields))


def test_an_invited_colleague_joins(cast):
    person, token = invite(cast)
    assert not person.has_usable_password()
    joined = accept_invitation(open_invitation(token), password=PASSWORD, name="Nadia New")
    assert (joined.name, joined.role, joined.check_password(PASSWORD)) == ("Nadia New", cast.agent.role, True)
    assert kinds_of("person", person.pk) == ["person.created", "person.invited", "person.joined"]


def test_the_secret_is_not_kept(cast):
    _person, token = invite(cast)
    assert token not in str(list(Invitation.objects.values()))


def test_a_link_works_once(cast):
    _person, token = invite(cast)
    invitation = open_invitation(token)
    accept_invitation(invitation, password=PASSWORD, name="")
    with pytest.raises(NotFound):
        open_invitation(token)
    with pytest.raises(NotFound):
        accept_invitation(invitation, password="another-fine-one", name="")


def test_a_link_lasts_seven_days_and_a_newer_one_replaces_it(cast):
    _person, first = invite(cast)
    _person, second = invite(cast)
    with pytest.raises(NotFound):
        open_invitation(first)
    Invitation.objects.filter(expires_at__gt=clock.now()).update(
        expires_at=clock.now() - timedelta(seconds=1)
    )
    with pytest.raises(NotFound):
        open_invitation(second)


def test_a_weak_password_is_refused_and_the_link_stays(cast):
    _person, token = invite(cast)
    with pytest.raises(Invalid) as refusal:
        accept_invitation(open_invitation(token), password="short", name="")
    assert refusal.value.field == "password"
    assert open_invitation(token)


def test_who_works_here_is_not_invited_again(cast):
    with pytest.raises(Invalid) as refusal:
        invite(cast, email=cast.agent.email)
    assert refusal.value.field == "email"


def test_an_agent_invites_nobody(cast):
    with pytest.raises(NotAllowed):
        invite(cast, by=cast.agent)


def test_nobody_invites_to_more_than_they_may_do(cast):
    keeper = Role.objects.create(
        name="Keeper", permissions=["settings.people"], ticket_access=Role.Access.ASSIGNED
    )
    cast.second.role = keeper
    cast.second.save()
    second = Person.objects.get(pk=cast.second.pk)
    with pytest.raises(NotAllowed):
        invite(cast, by=second, role=Role.objects.get(kind=Role.Kind.ADMINISTRATOR))
    person, _token = invite(cast, by=second, role=keeper)
    assert person.role == keeper


def test_a_customer_who_is_invited_cannot_come_in_with_a_password_of_before(cast):
    cast.customer.set_password(PASSWORD)
    cast.customer.save()
    person, _token = invite(cast, email=cast.customer.email)
    assert person == cast.customer
    assert not Person.objects.get(pk=person.pk).has_usable_password()

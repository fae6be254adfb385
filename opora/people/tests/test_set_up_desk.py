import pytest

from opora.core.refusals import Conflict, Invalid
from opora.people.actions.set_up_desk import set_up_desk
from opora.people.models import Brand, Desk, Group, Person, Role
from opora.people.tests.log_of import last_event

GIVEN = {"name": "Opora", "admin_email": "owner@desk.test", "password": "three-quiet-lamps", "brand": "Acme"}


@pytest.mark.django_db
def test_a_desk_begins_with_its_administrator_brand_group_and_four_roles():
    admin = set_up_desk(**GIVEN)
    assert admin.role.kind == Role.Kind.ADMINISTRATOR
    assert admin.check_password(GIVEN["password"])
    assert Brand.objects.get().is_default
    assert Group.objects.get().memberships.get().person == admin
    assert Role.objects.count() == 4
    assert last_event().kind == "desk.set_up"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"password": "short"}, {"admin_email": "nowhere"}])
def test_what_is_refused_leaves_nothing_behind(wrong):
    with pytest.raises(Invalid):
        set_up_desk(**GIVEN | wrong)
    assert not Desk.objects.exists()
    assert not Person.objects.exists()


def test_a_desk_is_set_up_once(cast):
    with pytest.raises(Conflict):
        set_up_desk(**GIVEN)

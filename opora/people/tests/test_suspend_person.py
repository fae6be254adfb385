import pytest

from opora.core.refusals import NotAllowed
from opora.people.actions.suspend_person import suspend_person, unsuspend_person
from opora.people.models import Person
from opora.people.tests.log_of import kinds_of


def test_a_suspension_is_made_once_and_lifted_once(cast):
    for _time in range(2):
        suspend_person(cast.customer, by=cast.agent)
    assert Person.objects.get(pk=cast.customer.pk).suspended_at is not None
    for _time in range(2):
        unsuspend_person(cast.customer, by=cast.agent)
    assert Person.objects.get(pk=cast.customer.pk).suspended_at is None
    assert kinds_of("person", cast.customer.pk)[1:] == ["person.suspended", "person.unsuspended"]


def test_colleagues_cannot_be_suspended_nor_may_everybody_suspend(cast):
    with pytest.raises(NotAllowed):
        suspend_person(cast.second, by=cast.owner)
    with pytest.raises(NotAllowed):
        suspend_person(cast.customer, by=cast.outsider)

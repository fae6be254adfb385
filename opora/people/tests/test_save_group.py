import pytest

from opora.core.refusals import Conflict
from opora.people.actions.save_group import remove_group, save_group
from opora.people.models import Group
from opora.people.queries import groups
from opora.people.tests.log_of import last_event


def test_the_members_of_a_group_are_recorded(cast):
    group = save_group(by=cast.owner, name="Delivery", members=[cast.agent, cast.second])
    save_group(group, by=cast.owner, members=[cast.agent])
    assert last_event().body["changes"] == {
        "members": [sorted([cast.agent.pk, cast.second.pk]), [cast.agent.pk]]
    }


def test_one_group_is_always_the_default(cast):
    group = save_group(by=cast.owner, name="Delivery", is_default=True)
    assert list(Group.objects.filter(is_default=True)) == [group]
    with pytest.raises(Conflict):
        remove_group(group, by=cast.owner)
    with pytest.raises(Conflict):
        save_group(group, by=cast.owner, is_default=False)


def test_a_removed_group_is_out_of_use_and_stays_in_the_log(cast):
    group = save_group(by=cast.owner, name="Delivery")
    remove_group(group, by=cast.owner)
    assert group not in groups()
    assert "deleted_at" in last_event().body["changes"]

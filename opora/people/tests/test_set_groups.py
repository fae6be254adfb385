import pytest

from opora.core.refusals import NotAllowed
from opora.people.actions.save_group import save_group
from opora.people.actions.set_groups import set_groups
from opora.people.models import Person


def test_the_groups_of_a_colleague_are_set_from_their_side(cast):
    delivery = save_group(by=cast.owner, name="Delivery")
    set_groups(cast.agent, [delivery], by=cast.owner)
    assert Person.objects.get(pk=cast.agent.pk).group_ids == {delivery.pk}
    assert cast.group.memberships.filter(person=cast.second).exists()
    with pytest.raises(NotAllowed):
        set_groups(cast.agent, [], by=cast.agent)

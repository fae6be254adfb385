import pytest

from opora.core.refusals import Conflict
from opora.people.actions.add_identity import add_identity
from opora.people.actions.remove_identity import remove_identity
from opora.people.models import Person


def test_when_the_primary_address_of_a_customer_goes_the_next_takes_its_place(cast):
    add_identity(cast.customer, by=cast.agent, kind="email", value="k@work.example")
    remove_identity(cast.customer.identities.get(is_primary=True), by=cast.agent)
    assert Person.objects.get(pk=cast.customer.pk).email == "k@work.example"
    assert cast.customer.identities.get().is_primary


def test_the_primary_address_of_a_colleague_stays(cast):
    with pytest.raises(Conflict):
        remove_identity(cast.agent.identities.get(), by=cast.owner)

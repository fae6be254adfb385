import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.people.actions.add_identity import add_identity
from opora.people.actions.make_primary import make_primary
from opora.people.models import Person
from opora.people.tests.log_of import last_event


def test_another_address_becomes_primary(cast):
    identity = add_identity(cast.customer, by=cast.agent, kind="email", value="k@work.example")
    make_primary(identity, by=cast.agent)
    assert Person.objects.get(pk=cast.customer.pk).email == "k@work.example"
    assert list(cast.customer.identities.filter(is_primary=True)) == [identity]
    event = last_event()
    assert (event.kind, event.body) == (
        "person.primary_address_changed", {"before": "kateryna@example.com", "value": "k@work.example"},
    )  # fmt: skip


def test_a_number_is_never_the_primary_address(cast):
    phone = add_identity(cast.customer, by=cast.agent, kind="phone", value="+380671234567")
    with pytest.raises(Invalid):
        make_primary(phone, by=cast.agent)


def test_colleagues_do_not_change_what_they_sign_in_with(cast):
    identity = add_identity(cast.agent, by=cast.agent, kind="email", value="mine@elsewhere.example")
    with pytest.raises(NotAllowed):
        make_primary(identity, by=cast.agent)
    make_primary(identity, by=cast.owner)
    assert Person.objects.get(pk=cast.agent.pk).email == "mine@elsewhere.example"

import pytest

from opora.core.refusals import Conflict, NotAllowed
from opora.people.actions.add_identity import add_identity
from opora.people.actions.make_primary import make_primary
from opora.people.actions.remove_identity import remove_identity
from opora.people.models import Identity, Person, Role
from opora.people.tests.log_of import last_event


def test_another_address_is_added_as_it_is_compared(cast):
    identity = add_identity(cast.customer, by=cast.agent, kind="email", value=" Kateryna@Work.Example ")
    assert (identity.value, identity.is_primary) == ("kateryna@work.example", False)
    assert last_event().kind == "person.identity_added"


def test_the_first_address_is_the_primary_one(cast):
    Identity.objects.filter(person=cast.customer).delete()
    Person.objects.filter(pk=cast.customer.pk).update(email="")
    cast.customer.refresh_from_db()
    add_identity(cast.customer, by=cast.agent, kind="email", value="new@example.com")
    assert Person.objects.get(pk=cast.customer.pk).email == "new@example.com"


def test_somebody_elses_address_is_refused_with_their_name(cast):
    with pytest.raises(Conflict) as refusal:
        add_identity(cast.customer, by=cast.agent, kind="email", value=cast.banker.email)
    assert cast.banker.name in refusal.value.sentence
    assert refusal.value.field == "value"


def test_the_address_of_who_may_do_more_cannot_be_taken_over(cast):
    cast.lead.role = Role.objects.create(name="Keeper", permissions=["settings.people", "people.edit"])
    cast.lead.save()
    lead = Person.objects.get(pk=cast.lead.pk)
    with pytest.raises(NotAllowed):
        add_identity(cast.owner, by=lead, kind="email", value="mine@elsewhere.example")
    identity = Identity.objects.create(person=cast.owner, value="other@desk.test")
    for act in (make_primary, remove_identity):
        with pytest.raises(NotAllowed):
            act(identity, by=lead)

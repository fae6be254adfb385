import pytest

from opora.core.refusals import Invalid, NotAllowed
from opora.people.actions.save_organization import save_organization


def test_a_mail_domain_belongs_to_one_organization(cast):
    save_organization(cast.bank, by=cast.agent, domains=["bank.test", "first.example"])
    assert sorted(cast.bank.domains.values_list("domain", flat=True)) == ["bank.test", "first.example"]
    with pytest.raises(Invalid) as refusal:
        save_organization(by=cast.agent, name="Second Bank", domains=["bank.test"])
    assert "First Bank" in refusal.value.sentence
    with pytest.raises(NotAllowed):
        save_organization(by=cast.outsider, name="Third Bank")

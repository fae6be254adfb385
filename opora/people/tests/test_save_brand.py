import pytest

from opora.core.refusals import Conflict, Invalid, NotAllowed
from opora.people.actions.save_brand import save_brand
from opora.people.models import Brand


def test_one_brand_is_always_the_default(cast):
    first = Brand.objects.get()
    second = save_brand(by=cast.owner, name="Вело", is_default=True)
    assert second.slug == "brand"
    assert list(Brand.objects.filter(is_default=True)) == [second]
    with pytest.raises(Conflict) as refusal:
        save_brand(second, by=cast.owner, is_default=False)
    assert refusal.value.field == "is_default"
    with pytest.raises(Conflict):
        save_brand(Brand.objects.get(pk=second.pk), by=cast.owner, is_active=False)
    assert not save_brand(Brand.objects.get(pk=first.pk), by=cast.owner, is_active=False).is_active


def test_two_brands_share_neither_name_nor_short_name(cast):
    for fields in ({"name": "ACME"}, {"name": "Other", "slug": "acme"}, {"name": " "}):
        with pytest.raises(Invalid):
            save_brand(by=cast.owner, **fields)
    with pytest.raises(NotAllowed):
        save_brand(by=cast.lead, name="Other")

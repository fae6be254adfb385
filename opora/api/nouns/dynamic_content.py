"""Texts in several languages, and what each says in one of them."""

from collections.abc import Sequence

from opora.api.nouns.locales import locale_number
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.tickets.dynamic_content import is_outdated
from opora.tickets.models import DynamicItem, DynamicVariant


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = DynamicItem.objects.prefetch_related("variants").in_bulk(ids)
    return [_item(call, rows[pk]) for pk in ids if pk in rows]


def _item(call: Call, row: DynamicItem) -> Json:
    variants = [_variant(call, one, row) for one in row.variants.all()]
    return {
        "url": call.url(f"dynamic_content/items/{row.pk}"),
        "id": row.pk,
        "name": row.name,
        "placeholder": row.placeholder,
        "default_locale_id": locale_number(row.locale),
        "outdated": any(one["outdated"] for one in variants),
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "variants": variants,
    }


def _present_variants(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = DynamicVariant.objects.select_related("item").prefetch_related("item__variants").in_bulk(ids)
    return [_variant(call, rows[pk], rows[pk].item) for pk in ids if pk in rows]


def _variant(call: Call, row: DynamicVariant, item: DynamicItem) -> Json:
    return {
        "url": call.url(f"dynamic_content/items/{item.pk}/variants/{row.pk}"),
        "id": row.pk,
        "content": row.content,
        "locale_id": locale_number(row.locale),
        "outdated": is_outdated(row, item),
        "active": row.is_active,
        "default": row.locale == item.locale,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
    }


ITEMS = Noun(
    "item", "items", "dynamic_content/items", lambda call: DynamicItem.objects.all(), _present,
    orders={"name": "name", "id": "id"},
)  # fmt: skip
VARIANTS = Noun(
    "variant", "variants", "dynamic_content/items", lambda call: DynamicVariant.objects.all(), _present_variants,
)  # fmt: skip

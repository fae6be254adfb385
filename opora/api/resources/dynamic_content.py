"""Texts in several languages."""

from typing import Any

from opora.api.nouns.dynamic_content import ITEMS, VARIANTS
from opora.api.nouns.locales import locale_of_number
from opora.api.wire.answers import NOTHING, Answer, changed, created, one_of
from opora.api.wire.bodies import FLAG, OBJECTS, WHOLE, Body, Json, require_text, text, unwrap
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.paging import list_of, whole_list
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.routing import operation
from opora.tickets.actions.save_dynamic_content import (
    LONGEST,
    remove_item,
    remove_variant,
    save_item,
    save_variant,
)
from opora.tickets.models import DynamicItem, DynamicVariant

VARIANT = Body(
    "variant",
    {"content": text(LONGEST), "locale_id": WHOLE, "active": FLAG, "default": FLAG},
    ("content", "locale_id"),
)
ITEM = Body(
    "item",
    {
        "name": text(120), "default_locale_id": WHOLE, "variants": OBJECTS, "content": text(LONGEST),
    },
    ("name", "default_locale_id", "variants"),
)  # fmt: skip

offer_list(ITEMS)
offer_one(ITEMS)


@operation("GET", "dynamic_content/items/show_many")
def show_items(call: Call) -> Json:
    """Show several texts by the names in their placeholders."""
    keys = [one.removeprefix("dc.") for one in call.all_of("identifiers")]
    return whole_list(
        call, ITEMS, list(DynamicItem.objects.filter(key__in=keys).values_list("pk", flat=True))
    )


@operation("POST", "dynamic_content/items", takes=ITEM)
def create_item(call: Call) -> Answer:
    """Create a text with what it says in its languages."""
    given = call.read(ITEM)
    require_text(given, "name")
    locale = _locale(given.get("default_locale_id"), "default_locale_id")
    texts = {
        _locale(one.get("locale_id")): require_text(one, "content")
        for one in (call.read_one(one, VARIANT) for one in given.get("variants") or [])
    }
    if given.get("content"):
        texts.setdefault(locale, given["content"])
    return created(call, ITEMS, save_item(by=call.person, name=given["name"], locale=locale, texts=texts).pk)


@operation("PUT", "dynamic_content/items/{item_id}", takes=ITEM)
def update_item(call: Call, item_id: int) -> Any:
    """Rename a text, or choose another language as its own."""
    item, given = ITEMS.find(call, item_id), call.read(ITEM)
    fields: Json = {"name": given["name"]} if given.get("name") is not None else {}
    if given.get("default_locale_id") is not None:
        fields["locale"] = _locale(given["default_locale_id"], "default_locale_id")
    save_item(item, by=call.person, **fields)
    return changed(call, ITEMS, item.pk)


@operation("DELETE", "dynamic_content/items/{item_id}")
def delete_item(call: Call, item_id: int) -> Answer:
    """Remove a text."""
    remove_item(ITEMS.find(call, item_id), by=call.person)
    return NOTHING


@operation("GET", "dynamic_content/items/{item_id}/variants")
def list_variants(call: Call, item_id: int) -> Json:
    """List what a text says in its languages."""
    return list_of(call, VARIANTS, ITEMS.find(call, item_id).variants.all())


@operation("GET", "dynamic_content/items/{item_id}/variants/{variant_id}")
def show_variant(call: Call, item_id: int, variant_id: int) -> Json:
    """Show what a text says in one language."""
    return one_of(call, VARIANTS, _variant(call, item_id, variant_id).pk)


@operation("POST", "dynamic_content/items/{item_id}/variants", takes=VARIANT)
def create_variant(call: Call, item_id: int) -> Answer:
    """Say a text in one more language."""
    item = ITEMS.find(call, item_id)
    variant = _add(call, item, call.read(VARIANT))
    shown = changed(call, VARIANTS, variant.pk)
    where = call.url(f"dynamic_content/items/{item.pk}/variants/{variant.pk}")
    return Answer(shown, 201, {"Location": where})


@operation("POST", "dynamic_content/items/{item_id}/variants/create_many")
def create_variants(call: Call, item_id: int) -> Any:
    """Say a text in several more languages."""
    item = ITEMS.find(call, item_id)
    made = [_add(call, item, call.read_one(one, VARIANT)).pk for one in _listed(call)]
    return lambda: whole_list(call, VARIANTS, made)


@operation("PUT", "dynamic_content/items/{item_id}/variants/update_many")
def update_variants(call: Call, item_id: int) -> Any:
    """Change what a text says in several languages."""
    rows = [(_variant(call, item_id, WHOLE.read("id", one.get("id")) or 0), one) for one in _listed(call)]
    for variant, one in rows:
        _change(call, variant, call.read_one({name: one[name] for name in one if name != "id"}, VARIANT))
    return lambda: whole_list(call, VARIANTS, [variant.pk for variant, _one in rows])


@operation("PUT", "dynamic_content/items/{item_id}/variants/{variant_id}", takes=VARIANT)
def update_variant(call: Call, item_id: int, variant_id: int) -> Any:
    """Change what a text says in one language, or take that into or out of use."""
    variant = _variant(call, item_id, variant_id)
    _change(call, variant, call.read(VARIANT))
    return changed(call, VARIANTS, variant.pk)


@operation("DELETE", "dynamic_content/items/{item_id}/variants/{variant_id}")
def delete_variant(call: Call, item_id: int, variant_id: int) -> Answer:
    """Take a language away."""
    remove_variant(_variant(call, item_id, variant_id), by=call.person)
    return NOTHING


def _listed(call: Call) -> list[Json]:
    return list(OBJECTS.read("variants", unwrap(call.body, "variants")))


def _add(call: Call, item: DynamicItem, given: Json) -> DynamicVariant:
    content, locale = require_text(given, "content"), _locale(given.get("locale_id"))
    if item.variants.filter(locale=locale).exists():
        raise invalid_record("locale_id", "has already been taken", "DuplicateValue")
    return save_variant(item, locale, by=call.person, content=content, is_active=given.get("active"))


def _change(call: Call, variant: DynamicVariant, given: Json) -> None:
    locale = given.get("locale_id")
    if locale is not None and _locale(locale) != variant.locale:
        raise invalid_record("locale_id", "cannot change; add another variant")
    save_variant(
        variant.item,
        variant.locale,
        by=call.person,
        content=given.get("content"),
        is_active=given.get("active"),
    )
    if given.get("default"):
        save_item(variant.item, by=call.person, locale=variant.locale)


def _variant(call: Call, item_id: int, variant_id: int) -> DynamicVariant:
    found = ITEMS.find(call, item_id).variants.select_related("item").filter(pk=variant_id).first()
    if found is None:
        raise not_found()
    return found


def _locale(number: int | None, name: str = "locale_id") -> str:
    locale = locale_of_number(number) if number else None
    if locale is None:
        raise invalid_record(name, "is not a language of this account")
    return locale

"""Texts that are said in the language of whoever reads them."""

import re
from collections.abc import Mapping

from opora.core.liquid import Values
from opora.tickets.models import DynamicItem, DynamicVariant

_NAMED = re.compile(r"\{\{\s*dc\.([a-z0-9_-]{1,60})\s*\}\}")


def said_in(locale: str) -> Values:
    """Return the texts by their keys, each in the given language, or in its own where it has none of that."""
    return Values({}, lambda key: text_of(key, locale))


def text_of(key: str, locale: str) -> str | None:
    """Return one text; None when there is none of this key."""
    item = DynamicItem.objects.filter(key=key).prefetch_related("variants").first()
    return _chosen(item, locale) if item else None


def in_language(text: str, locale: str) -> str:
    """Return a plain text with the texts that it names; what names no text of ours stays as it stands."""
    if "{{" not in text:
        return text
    known = _texts(_NAMED.findall(text), locale)
    return _NAMED.sub(lambda found: known.get(found.group(1), found.group(0)), text)


def is_outdated(variant: DynamicVariant, item: DynamicItem) -> bool:
    """Whether the text in the item's own language was changed after this one."""
    own = next((one for one in item.variants.all() if one.locale == item.locale), None)
    return own is not None and variant.pk != own.pk and variant.updated_at < own.updated_at


def placeholders() -> list[str]:
    """Return the names under which texts can say them."""
    return [f"dc.{key}" for key in DynamicItem.objects.values_list("key", flat=True)]


def _texts(keys: list[str], locale: str) -> Mapping[str, str]:
    rows = DynamicItem.objects.filter(key__in=keys).prefetch_related("variants")
    return {item.key: _chosen(item, locale) for item in rows}


def _chosen(item: DynamicItem, locale: str) -> str:
    """The variant in use for the language, for the language without its region, else the item's own."""
    variants = {
        one.locale: one.content for one in item.variants.all() if one.is_active or one.locale == item.locale
    }
    wanted = (locale, locale.replace("_", "-").partition("-")[0], item.locale)
    return next((variants[one] for one in wanted if one in variants), "")

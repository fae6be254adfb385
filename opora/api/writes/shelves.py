"""Categories and sections of the help center: from the wire to the actions."""

from collections.abc import Mapping
from typing import Any

from opora.api.actions.keep_attributes import keep_attributes, keep_written
from opora.api.nouns.help_center import given_locale, position_of, usual_locale
from opora.api.nouns.shelves import SORTINGS
from opora.api.wire.bodies import LONG_TEXT, OBJECTS, TEXT, WHOLE, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.problems import invalid_record
from opora.knowledge.models import Category, Section

TITLE = text(255)
CATEGORY = Body(
    "category",
    {
        "name": TITLE, "description": LONG_TEXT, "locale": TEXT, "position": WHOLE, "translations": OBJECTS,
        "brand_id": WHOLE, "id": WHOLE,
    },
)  # fmt: skip
CATEGORY_PLACE = Body("category", {"position": WHOLE, "id": WHOLE})
_PLACE = {
    "position": WHOLE, "category_id": WHOLE, "parent_section_id": WHOLE, "sorting": TEXT, "theme_template": TEXT,
    "id": WHOLE,
}  # fmt: skip
SECTION = Body(
    "section", {"name": TITLE, "description": LONG_TEXT, "locale": TEXT, "translations": OBJECTS, **_PLACE}
)
SECTION_PLACE = Body("section", _PLACE)
SHELF_TRANSLATION = Body(
    "translation", {"locale": TEXT, "title": TITLE, "body": LONG_TEXT}, ("locale", "title")
)
_OWN_SORTING = {word: own for own, word in SORTINGS.items()} | {
    "creation_asc": Section.Sorting.MANUAL,
    **{own.value: own for own in Section.Sorting},
}
"""Articles that nobody moved stand in the order they were made, which is what `creation_asc` asks for."""


def written_texts(call: Call, given: Json) -> tuple[str, dict[str, Mapping[str, str]]]:
    """Return the own language of something new, and what it is called in each of its languages.

    Raises 422 where it has no name in its own language, or an unknown language.
    """
    texts: dict[str, Mapping[str, str]] = {}
    for one in given.get("translations") or []:
        read = call.read_one(one, SHELF_TRANSLATION)
        texts[given_locale(read.get("locale"))] = _text(read.get("title"), read.get("body"))
    locale = given_locale(given["locale"]) if given.get("locale") else ""
    locale = locale or (next(iter(texts)) if texts and not given.get("name") else usual_locale(call))
    if given.get("name") is not None:
        texts[locale] = _text(given["name"], given.get("description"))
    if not texts.get(locale, {}).get("name", "").strip():
        raise invalid_record("name", "can't be blank", "BlankValue")
    return locale, texts


def _text(name: str | None, description: str | None) -> Mapping[str, str]:
    return {"name": name or "", "description": description or ""}


def place_of_category(given: Json) -> Json:
    """Return the columns of a category that are not words."""
    return {"position": position_of(given["position"])} if given.get("position") is not None else {}


def place_of_section(given: Json, section: Section | None = None) -> Json:
    """Return the columns of a section that are not words. Raises 422 for a place that is none."""
    found = place_of_category(given)
    if given.get("sorting") is not None:
        found["sorting"] = _sorting(given["sorting"])
    if given.get("category_id") and (section is None or section.category_id != given["category_id"]):
        category = Category.objects.filter(pk=given["category_id"]).first()
        if category is None:
            raise invalid_record("category_id", "is invalid")
        found |= {"category": category, "parent": None}
    if given.get("parent_section_id"):
        parent = Section.objects.filter(pk=given["parent_section_id"]).select_related("category").first()
        if parent is None:
            raise invalid_record("parent_section_id", "is invalid")
        found["parent"] = parent
    elif "parent_section_id" in given:
        found["parent"] = None
    return found


def _sorting(word: Any) -> Section.Sorting:
    if word not in _OWN_SORTING:
        raise invalid_record("sorting", f"must be one of {', '.join(_OWN_SORTING)}")
    return _OWN_SORTING[word]


def keep_section_words(section: Section, given: Json) -> None:
    """Keep the name of a template, which means nothing here, and how the sorting was written."""
    keep_attributes("knowledge_section", section.pk, given, ("theme_template",))
    if given.get("sorting") is not None:
        meaning = SORTINGS[Section.Sorting(section.sorting)]
        keep_written("knowledge_section", section.pk, "sorting", given["sorting"], meaning)

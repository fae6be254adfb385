"""Categories and sections of the help center. Their names are changed through their translations, as on the vendor's."""

from typing import Any

from opora.api.nouns.shelves import CATEGORIES, SECTIONS
from opora.api.wire.answers import NOTHING, Answer, changed, created, one_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.help_center import help_center, help_center_list
from opora.api.writes.shelves import (
    CATEGORY,
    CATEGORY_PLACE,
    SECTION,
    SECTION_PLACE,
    keep_section_words,
    place_of_category,
    place_of_section,
    written_texts,
)
from opora.api.writes.values import brand_of
from opora.knowledge.actions.remove_shelf import remove_category, remove_section
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.people.models import Brand


@help_center("GET", "categories", who="readers")
def list_categories(call: Call) -> Json:
    """List categories; `brand_id` chooses those of one brand."""
    return help_center_list(call, CATEGORIES, CATEGORIES.rows(call))


@help_center("GET", "categories/{category_id}", who="readers")
def show_category(call: Call, category_id: int) -> Json:
    """Show one category."""
    return one_of(call, CATEGORIES, CATEGORIES.find(call, category_id).pk)


@help_center("POST", "categories", takes=CATEGORY)
def create_category(call: Call) -> Answer:
    """Create a category of the brand that `brand_id` names, or of the default one."""
    given = call.read(CATEGORY)
    locale, texts = written_texts(call, given)
    brand = brand_of(given.get("brand_id")) or Brand.objects.filter(is_default=True).first()
    place = place_of_category(given)
    made = save_category(by=call.person, brand=brand, source_locale=locale, texts=texts, **place)
    return created(call, CATEGORIES, made.pk)


@help_center("PUT", "categories/{category_id}", takes=CATEGORY_PLACE)
def update_category(call: Call, category_id: int) -> Any:
    """Move a category."""
    given = call.read(CATEGORY_PLACE)
    category = CATEGORIES.find(call, category_id)
    return changed(call, CATEGORIES, save_category(category, by=call.person, **place_of_category(given)).pk)


@help_center("DELETE", "categories/{category_id}")
def delete_category(call: Call, category_id: int) -> Answer:
    """Remove a category with its sections; what stood there goes to the archive."""
    remove_category(CATEGORIES.find(call, category_id), by=call.person, with_articles=True)
    return NOTHING


@help_center("GET", "sections", who="readers")
def list_sections(call: Call) -> Json:
    """List sections of all categories."""
    return help_center_list(call, SECTIONS, SECTIONS.rows(call))


@help_center("GET", "categories/{category_id}/sections", who="readers")
def sections_of_category(call: Call, category_id: int) -> Json:
    """List the sections of a category."""
    category = CATEGORIES.find(call, category_id)
    return help_center_list(call, SECTIONS, SECTIONS.rows(call).filter(category=category))


@help_center("GET", "sections/{section_id}", who="readers")
def show_section(call: Call, section_id: int) -> Json:
    """Show one section."""
    return one_of(call, SECTIONS, SECTIONS.find(call, section_id).pk)


@help_center("POST", "categories/{category_id}/sections", takes=SECTION)
def create_section(call: Call, category_id: int) -> Answer:
    """Create a section of a category, or of another section in it."""
    category, given = CATEGORIES.find(call, category_id), call.read(SECTION)
    locale, texts = written_texts(call, given)
    place = {"category": category, **place_of_section({**given, "category_id": None})}
    made = save_section(by=call.person, source_locale=locale, texts=texts, **place)
    keep_section_words(made, given)
    return created(call, SECTIONS, made.pk)


@help_center("PUT", "sections/{section_id}", takes=SECTION_PLACE)
def update_section(call: Call, section_id: int) -> Any:
    """Move a section, or order its articles in another way."""
    section, given = SECTIONS.find(call, section_id), call.read(SECTION_PLACE)
    saved = save_section(section, by=call.person, **place_of_section(given, section))
    keep_section_words(saved, given)
    return changed(call, SECTIONS, saved.pk)


@help_center("DELETE", "sections/{section_id}")
def delete_section(call: Call, section_id: int) -> Answer:
    """Remove a section and those in it; what stood there goes to the archive."""
    remove_section(SECTIONS.find(call, section_id), by=call.person, with_articles=True)
    return NOTHING

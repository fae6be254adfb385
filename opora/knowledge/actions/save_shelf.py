"""A category or a section is added or changed."""

from collections.abc import Mapping
from typing import TypeVar, cast

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.changes import ConfigurationFact, apply_changes
from opora.events.recording import record, update
from opora.knowledge.events import CategorySaved, SectionSaved
from opora.knowledge.models import Category, Section
from opora.knowledge.models.shelf import Shelf
from opora.knowledge.policy import may_arrange
from opora.people.models import Brand
from opora.people.policy import require

DEEPEST = 5
"""Sections may stand in sections, so many in all."""
ONE_SHELF = TypeVar("ONE_SHELF", Category, Section)
Texts = Mapping[str, Mapping[str, str]]


def save_category(
    category: Category | None = None, *, by: ActsAsActor, texts: Texts | None = None, **fields: object
) -> Category:
    """Add a category or change one. `texts` sets its name and description by language: {"uk": {"name": …}}.

    Raises `Invalid` without a brand, and without a name in its own language.
    """
    if category is None:
        if not fields.get("brand"):
            raise Invalid(_("Choose the brand whose help center it is for."), field="brand")
        category = Category(brand=cast("Brand", fields["brand"]))
    return _save(category, CategorySaved, by=by, texts=texts, fields=fields)


def save_section(
    section: Section | None = None, *, by: ActsAsActor, texts: Texts | None = None, **fields: object
) -> Section:
    """Add a section or change one; see `save_category`. In another section it stands in that one's category.

    Raises `Invalid` without a category, and where it would stand in itself or deeper than five sections.
    """
    parent = fields.get("parent", section.parent if section else None)
    if isinstance(parent, Section):
        fields = {**fields, "category": parent.category}
    if section is None:
        if not fields.get("category"):
            raise Invalid(_("Choose the category that it belongs to."), field="category")
        section = Section(category=cast("Category", fields["category"]))
    if isinstance(parent, Section):
        _check_place(section, parent)
    with update(by):
        saved = _save(section, SectionSaved, by=by, texts=texts, fields=fields)
        _take_along(saved)
    return saved


def _save(
    shelf: ONE_SHELF, fact: type[ConfigurationFact], *, by: ActsAsActor, texts: Texts | None, fields: dict
) -> ONE_SHELF:
    with update(by):
        require(may_arrange(by))
        created = shelf.pk is None
        if texts is not None:
            fields = {**fields, "texts": _joined(shelf, texts)}
        changes = apply_changes(shelf, fields)
        if not shelf.name.strip():
            raise Invalid(_("Give it a name in its own language."), field="name", reason="BlankValue")
        if changes or created:
            shelf.updated_at = clock.now()
            shelf.save()
            record(fact(name=shelf.name, created=created, changes=changes), subject_id=shelf.pk, by=by)
    return shelf


def _joined(shelf: Shelf, texts: Texts) -> dict[str, dict[str, str]]:
    """Return what it is called in every language; a name that is given blank takes the language away."""
    told = dict(shelf.texts)
    for locale, said in texts.items():
        before = told.pop(locale, {})
        name = one_line(said.get("name", before.get("name", "")))
        if name:
            told[locale] = {
                "name": name,
                "description": said.get("description", before.get("description", "")),
            }
    return told


def _check_place(section: Section, parent: Section) -> None:
    above: Section | None = parent
    for _step in range(DEEPEST - 1):
        if above is None:
            return
        if above.pk == section.pk:
            raise Invalid(_("A section cannot stand in itself."), field="parent")
        above = above.parent
    if above is not None:
        raise Invalid(_("Sections stand in each other at most five deep."), field="parent")


def _take_along(section: Section) -> None:
    """Sections inside move with it to another category."""
    for inner in section.sections.exclude(category=section.category_id):
        inner.category = section.category
        inner.save(update_fields=["category"])
        _take_along(inner)

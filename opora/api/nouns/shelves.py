"""Categories and sections of the help center."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import QuerySet

from opora.api.actions.keep_attributes import as_written, kept_attributes
from opora.api.links import help_center_page
from opora.api.nouns.help_center import asked_locale, hc_locale, reads_drafts
from opora.api.nouns.translations import Shelf, shelf_translations
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.knowledge.models import Article, Category, Section
from opora.knowledge.policy import readable_articles

OneShelf = TypeVar("OneShelf", Category, Section)
ORDERS = {
    "position": "position", "created_at": "created_at", "updated_at": "updated_at", "id": "id",
}  # fmt: skip
SORTINGS = {
    Section.Sorting.MANUAL: "manual", Section.Sorting.TITLE: "title", Section.Sorting.CREATED: "creation_desc",
    Section.Sorting.EDITED: "edited_at",
}  # fmt: skip
"""How a section orders its articles, in the words of the wire."""


def categories_of(call: Call) -> QuerySet[Category]:
    """Return the categories: all for colleagues, else those in which the caller can read something; in the address's language."""
    rows = _in_language(call, Category.objects.all())
    if not reads_drafts(call):
        rows = rows.filter(pk__in=_read_sections(call).values("category_id"))
    brand_id = call.number("brand_id")
    return rows.filter(brand_id=brand_id) if brand_id else rows


def sections_of(call: Call) -> QuerySet[Section]:
    """Return the sections, as `categories_of` does; one that holds a section with something to read has something to read."""
    rows = _in_language(call, Section.objects.all())
    if not reads_drafts(call):
        above = dict(Section.objects.values_list("pk", "parent_id"))
        shown: set[int] = set()
        for pk in _read_sections(call).values_list("pk", flat=True):
            step: int | None = pk
            while step is not None and step not in shown:
                shown.add(step)
                step = above.get(step)
        rows = rows.filter(pk__in=shown)
    brand_id = call.number("brand_id")
    return rows.filter(category__brand_id=brand_id) if brand_id else rows


def _read_sections(call: Call) -> QuerySet[Section]:
    readable = Article.objects.filter(readable_articles(call.anybody), archived_at=None)
    return Section.objects.filter(pk__in=readable.order_by().values("section_id")).order_by()


def _in_language(call: Call, rows: QuerySet[OneShelf]) -> QuerySet[OneShelf]:
    locale = asked_locale(call)
    return rows.filter(texts__has_key=locale) if locale else rows


def _present_categories(call: Call, ids: Sequence[int]) -> list[Json]:
    rows = Category.objects.in_bulk(ids)
    return [{**_shelf(call, rows[pk], "categories"), **_inside(call, rows[pk])} for pk in ids if pk in rows]


def _present_sections(call: Call, ids: Sequence[int]) -> list[Json]:
    rows, kept = Section.objects.in_bulk(ids), kept_attributes("knowledge_section", ids)
    return [_section(call, rows[pk], kept.get(pk, {})) for pk in ids if pk in rows]


def _section(call: Call, row: Section, kept: Json) -> Json:
    sorting = SORTINGS[Section.Sorting(row.sorting)]
    return {
        **_shelf(call, row, "sections"),
        "category_id": row.category_id,
        "parent_section_id": row.parent_id,
        "sorting": as_written(kept, "sorting", sorting) or sorting,
        "theme_template": kept.get("theme_template") or "section_page",
        **_inside(call, row),
    }


def _shelf(call: Call, row: Shelf, kind: str) -> Json:
    locale = row.locale_for(asked_locale(call))
    name = row.name_in(locale)
    return {
        "id": row.pk,
        "url": call.url(f"help_center/{hc_locale(locale)}/{kind}/{row.pk}"),
        "html_url": call.base + help_center_page(kind, locale, row.pk, name),
        "position": row.position,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "name": name,
        "description": row.description_in(locale),
        "locale": hc_locale(locale),
        "source_locale": hc_locale(row.source_locale),
        "outdated": False,
    }


def _inside(call: Call, row: Shelf) -> Json:
    """The translations stand inside each object, as the wire has them."""
    return {"translations": shelf_translations(call, row)} if "translations" in call.include else {}


CATEGORIES = Noun(
    "category", "categories", "help_center/categories", categories_of, _present_categories, orders=ORDERS
)
SECTIONS = Noun(
    "section", "sections", "help_center/sections", sections_of, _present_sections,
    orders=ORDERS, references={"categories": ("category_id",)},
)  # fmt: skip

"""Translations: what an article, a section or a category says in one language.

Those of sections and categories have no row of their own; their numbers are made of whose they are and of the language.
"""

from collections.abc import Sequence

from opora.api.links import help_center_page
from opora.api.nouns.help_center import hc_locale, reads_drafts
from opora.api.nouns.locales import locale_number, locale_of_number
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.times import stamp
from opora.knowledge.models import ArticleText, Category, Section

_LANGUAGES = 10_000
_FIRST_OF_CATEGORIES, _FIRST_OF_SECTIONS = 4 * 10**15, 5 * 10**15
_LAST = 6 * 10**15
Shelf = Category | Section


def article_translation(call: Call, text: ArticleText) -> Json:
    """Return one text of an article."""
    return {
        "id": text.pk,
        "url": _address(call, "articles", text.article_id, text.locale),
        "html_url": call.base + help_center_page("articles", text.locale, text.article_id, text.title),
        "source_id": text.article_id,
        "source_type": "Article",
        "locale": hc_locale(text.locale),
        "title": text.title,
        "body": text.body,
        "outdated": text.is_outdated,
        "draft": text.is_draft,
        "hidden": False,
        "created_at": stamp(text.created_at),
        "updated_at": stamp(max(text.updated_at, text.published_at or text.updated_at)),
        "updated_by_id": text.updated_by_id,
        "created_by_id": text.created_by_id,
    }


def shelf_translation(call: Call, shelf: Shelf, locale: str) -> Json:
    """Return what a section or a category is called in a language it is written in."""
    kind = "sections" if isinstance(shelf, Section) else "categories"
    name = shelf.name_in(locale)
    return {
        "id": shelf_translation_id(shelf, locale),
        "url": _address(call, kind, shelf.pk, locale),
        "html_url": call.base + help_center_page(kind, locale, shelf.pk, name),
        "source_id": shelf.pk,
        "source_type": type(shelf).__name__,
        "locale": hc_locale(locale),
        "title": name,
        "body": shelf.description_in(locale),
        "outdated": False,
        "draft": False,
        "hidden": False,
        "created_at": stamp(shelf.created_at),
        "updated_at": stamp(shelf.updated_at),
        "updated_by_id": None,
        "created_by_id": None,
    }


def shelf_translations(call: Call, shelf: Shelf) -> list[Json]:
    return [shelf_translation(call, shelf, locale) for locale in sorted(shelf.texts)]


def article_translations(call: Call, texts: Sequence[ArticleText]) -> list[Json]:
    """Return those of an article's texts that the caller may read."""
    return [article_translation(call, text) for text in texts if reads_drafts(call) or not text.is_draft]


def shelf_translation_id(shelf: Shelf, locale: str) -> int:
    first = _FIRST_OF_SECTIONS if isinstance(shelf, Section) else _FIRST_OF_CATEGORIES
    return first + shelf.pk * _LANGUAGES + locale_number(locale)


def shelf_of_translation(number: int) -> tuple[Shelf, str] | None:
    """Return the section or category, and the language, that a number of `shelf_translation_id` names."""
    if not _FIRST_OF_CATEGORIES <= number < _LAST:
        return None
    kind, first = (
        (Section, _FIRST_OF_SECTIONS) if number >= _FIRST_OF_SECTIONS else (Category, _FIRST_OF_CATEGORIES)
    )
    pk, language = divmod(number - first, _LANGUAGES)
    shelf: Shelf | None = kind.objects.filter(pk=pk).first()
    locale = locale_of_number(language)
    return (shelf, locale) if shelf and locale and locale in shelf.texts else None


def _address(call: Call, kind: str, number: int, locale: str) -> str:
    return call.url(f"help_center/{kind}/{number}/translations/{hc_locale(locale)}")

"""Translations of articles, sections and categories."""

from typing import Any

from opora.api.nouns.articles import ARTICLES
from opora.api.nouns.help_center import given_locale, hc_locale, named_locale, reads_drafts, usual_locale
from opora.api.nouns.locales import own_locale
from opora.api.nouns.shelves import CATEGORIES, SECTIONS
from opora.api.nouns.translations import (
    Shelf,
    article_translation,
    article_translations,
    shelf_of_translation,
    shelf_translation,
    shelf_translations,
)
from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.help_center import offered, short_list
from opora.api.wire.problems import invalid_record, not_found
from opora.api.writes.articles import TRANSLATION, change_text, read_translation, write_text
from opora.api.writes.shelves import SHELF_TRANSLATION
from opora.knowledge.actions.save_shelf import save_category, save_section
from opora.knowledge.actions.save_text import remove_text
from opora.knowledge.models import Article, ArticleText, Section
from opora.people.languages import languages_of_desk


def _text_of(call: Call, article_id: int, language: str) -> ArticleText:
    article = ARTICLES.find(call, article_id)
    text: ArticleText | None = article.texts.filter(locale=named_locale(language)).first()
    if text is None or (text.is_draft and not reads_drafts(call)):
        raise not_found()
    return text


@offered("GET", "help_center/articles/{article_id}/translations", who="readers")
def list_article_translations(call: Call, article_id: int) -> Json:
    """List the texts of an article; `locales`, `draft` and `outdated` choose among them."""
    texts = ARTICLES.find(call, article_id).texts.order_by("id")
    wanted = {own_locale(code.lower()) for code in call.all_of("locales")}
    found = [text for text in texts if not wanted or text.locale in wanted]
    shown = [
        one
        for one in article_translations(call, found)
        if all(call.param(name) in {"", str(one[name]).lower()} for name in ("draft", "outdated"))
    ]
    return short_list(call, "translations", shown)


@offered("GET", "help_center/articles/{article_id}/translations/missing")
def missing_article_translations(call: Call, article_id: int) -> Json:
    """List the languages of the desk that an article is not written in."""
    return _missing(ARTICLES.find(call, article_id).texts.values_list("locale", flat=True))


def _missing(there: Any) -> Json:
    written = set(there)
    return {"locales": [hc_locale(code) for code, _name in languages_of_desk() if code not in written]}


@offered("POST", "help_center/articles/{article_id}/translations", takes=TRANSLATION)
def create_article_translation(call: Call, article_id: int) -> Answer:
    """Write an article in another language; published unless it is a draft."""
    article: Article = ARTICLES.find(call, article_id)
    text = write_text(call, article, read_translation(call, call.read(TRANSLATION)))
    shown = _article_answer(call, text.pk)
    return Answer(shown, 201, {"Location": shown["translation"]["url"]})


@offered("GET", "help_center/articles/{article_id}/translations/{language:text}", who="readers")
def show_article_translation(call: Call, article_id: int, language: str) -> Json:
    """Show what an article says in one language."""
    return {"translation": article_translation(call, _text_of(call, article_id, language))}


@offered("PUT", "help_center/articles/{article_id}/translations/{language:text}", takes=TRANSLATION)
def update_article_translation(call: Call, article_id: int, language: str) -> Json:
    """Write a text anew, publish it or take it back, mark it as outdated."""
    text = _text_of(call, article_id, language)
    return _article_answer(call, change_text(call, text, call.read(TRANSLATION)).pk)


def _article_answer(call: Call, number: int) -> Json:
    return {"translation": article_translation(call, ArticleText.objects.get(pk=number))}


@offered("DELETE", "help_center/translations/{translation_id}")
def delete_translation(call: Call, translation_id: int) -> Answer:
    """Take a translation away; what something says in its own language stays (422)."""
    of_shelf = shelf_of_translation(translation_id)
    if of_shelf:
        shelf, locale = of_shelf
        _save(call, shelf, {locale: {"name": ""}})
        return NOTHING
    text = ArticleText.objects.filter(pk=translation_id, article__in=ARTICLES.rows(call)).first()
    if text is None:
        raise not_found()
    remove_text(text, by=call.person)
    return NOTHING


def _save(call: Call, shelf: Shelf, texts: Json) -> Shelf:
    if isinstance(shelf, Section):
        return save_section(shelf, by=call.person, texts=texts)
    return save_category(shelf, by=call.person, texts=texts)


def _offer_for(noun: Any) -> None:
    """Offer the translations of sections or categories, which have a title and a description."""
    base = f"{noun.path}/{{shelf_id}}/translations"

    def list_translations(call: Call, shelf_id: int) -> Json:
        return short_list(call, "translations", shelf_translations(call, noun.find(call, shelf_id)))

    def show_translation(call: Call, shelf_id: int, language: str) -> Json:
        shelf, locale = noun.find(call, shelf_id), named_locale(language)
        if locale not in shelf.texts:
            raise not_found()
        return {"translation": shelf_translation(call, shelf, locale)}

    def missing_translations(call: Call, shelf_id: int) -> Json:
        return _missing(noun.find(call, shelf_id).texts)

    def create_translation(call: Call, shelf_id: int) -> Answer:
        shelf, given = noun.find(call, shelf_id), call.read(SHELF_TRANSLATION)
        locale = given_locale(given.get("locale"))
        if locale in shelf.texts:
            raise invalid_record("locale", "has already been taken", "DuplicateValue")
        if not (given.get("title") or "").strip():
            raise invalid_record("title", "can't be blank", "BlankValue")
        shown = shelf_translation(call, _save(call, shelf, {locale: _words(given)}), locale)
        return Answer({"translation": shown}, 201, {"Location": shown["url"]})

    def update_translation(call: Call, shelf_id: int, language: str) -> Json:
        shelf, locale = noun.find(call, shelf_id), named_locale(language)
        given = call.read(SHELF_TRANSLATION)
        if locale not in shelf.texts:
            raise not_found()
        if given.get("title") is not None and not given["title"].strip():
            raise invalid_record("title", "can't be blank", "BlankValue")
        return {"translation": shelf_translation(call, _save(call, shelf, {locale: _words(given)}), locale)}

    for method, path, run, words, options in (
        ("GET", base, list_translations, f"List what a {noun.one} is called in its languages.", {"who": "readers"}),
        ("GET", f"{base}/missing", missing_translations, f"List the languages that a {noun.one} has no name in.", {}),
        ("GET", f"{base}/{{language:text}}", show_translation, f"Show what a {noun.one} is called in one language.", {"who": "readers"}),
        ("POST", base, create_translation, f"Name a {noun.one} in another language.", {"takes": SHELF_TRANSLATION}),
        ("PUT", f"{base}/{{language:text}}", update_translation, f"Rename a {noun.one} in one language.", {"takes": SHELF_TRANSLATION}),
    ):  # fmt: skip
        run.__doc__ = words
        offered(method, path, **options)(run)


def _words(given: Json) -> Json:
    names = {"title": "name", "body": "description"}
    return {own: given[name] for name, own in names.items() if given.get(name) is not None}


for _noun in (CATEGORIES, SECTIONS):
    _offer_for(_noun)


@offered("GET", "help_center/locales", who="readers")
def list_help_center_locales(call: Call) -> Json:
    """List the languages of the help center, and the usual one."""
    codes = [hc_locale(code) for code, _name in languages_of_desk()]
    return {"locales": codes, "default_locale": hc_locale(usual_locale(call))}

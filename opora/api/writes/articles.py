"""Articles and their texts: from the wire to the actions."""

from collections.abc import Sequence
from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.articles import KEPT
from opora.api.nouns.help_center import given_locale, position_of, usual_locale
from opora.api.wire.bodies import FLAG, IDS, OBJECTS, TEXT, TEXTS, WHOLE, Body, Json, text
from opora.api.wire.call import Call
from opora.api.wire.problems import invalid_record
from opora.knowledge.actions.publish_article import publish_article, unpublish_article
from opora.knowledge.actions.save_article import create_article
from opora.knowledge.actions.save_text import LONGEST, mark_outdated, save_text
from opora.knowledge.models import Article, ArticleText, PermissionGroup, Section, Segment
from opora.people.models import Person

BODY = text(LONGEST)
TITLE = text(255)
_METADATA = {
    "author_id": WHOLE, "comments_disabled": FLAG, "content_tag_ids": TEXTS, "label_names": TEXTS,
    "permission_group_id": WHOLE, "position": WHOLE, "promoted": FLAG, "section_id": WHOLE,
    "user_segment_id": WHOLE, "user_segment_ids": IDS, "id": WHOLE,
}  # fmt: skip
ARTICLE = Body(
    "article",
    {"title": TITLE, "body": BODY, "locale": TEXT, "draft": FLAG, "translations": OBJECTS, **_METADATA},
    ("title",),
)
ARTICLE_METADATA = Body("article", _METADATA)
TRANSLATION = Body(
    "translation", {"locale": TEXT, "title": TITLE, "body": BODY, "draft": FLAG, "outdated": FLAG}
)


def make_article(call: Call, section: Section, given: Json) -> Article:
    """Write an article in one language or several, and publish each text unless it is a draft.

    Raises 422 without a title, and 403 for who may write and not publish.
    """
    texts = _texts(call, given)
    first, rest = texts[0], texts[1:]
    columns = {**article_columns(given), "section": section}
    article = create_article(
        columns.pop("section"),
        by=call.person,
        locale=first["locale"],
        title=first["title"],
        body=first.get("body") or "",
        **columns,
    )
    _set_state(call, article.texts.get(), first)
    for one in rest:
        write_text(call, article, one)
    keep_attributes("article", article.pk, given, KEPT)
    return article


def write_text(call: Call, article: Article, given: Json) -> ArticleText:
    """Write a new translation of the article; published unless it is a draft. Raises 422 for a language it is in already."""
    if not (given.get("title") or "").strip():
        raise invalid_record("title", "can't be blank", "BlankValue")
    if article.texts.filter(locale=given["locale"]).exists():
        raise invalid_record("locale", "has already been taken", "DuplicateValue")
    text = save_text(
        article, given["locale"], by=call.person, title=given["title"], body=given.get("body") or ""
    )
    _set_state(call, text, given)
    return text


def change_text(call: Call, text: ArticleText, given: Json) -> ArticleText:
    """Write a text anew, publish it or take it back, mark it as outdated; what is not given stays."""
    words = {name: given[name] for name in ("title", "body") if given.get(name) is not None}
    if words:
        text = save_text(text.article, text.locale, by=call.person, **words)
    if given.get("draft") is not None:
        _set_state(call, text, given)
    elif given.get("outdated") is not None:
        mark_outdated(text, by=call.person, is_outdated=given["outdated"])
    return text


def _set_state(call: Call, text: ArticleText, given: Json) -> None:
    if given.get("draft"):
        if not text.is_draft:
            unpublish_article(text, by=call.person)
    else:
        publish_article(text, by=call.person)
    if given.get("outdated") is not None:
        mark_outdated(text, by=call.person, is_outdated=given["outdated"])


def _texts(call: Call, given: Json) -> list[Json]:
    """What is written in each language, the article's own first."""
    found = [read_translation(call, one) for one in given.get("translations") or []]
    if given.get("title") is None and found:
        own = given_locale(given["locale"]) if given.get("locale") else found[0]["locale"]
        found.sort(key=lambda one: one["locale"] != own)
    else:
        own = given_locale(given["locale"]) if given.get("locale") else usual_locale(call)
        words = {name: given.get(name) for name in ("title", "body", "draft")}
        found = [{**words, "locale": own}, *(one for one in found if one["locale"] != own)]
    if not (found[0].get("title") or "").strip():
        raise invalid_record("title", "can't be blank", "BlankValue")
    return found


def read_translation(call: Call, given: Any) -> Json:
    """Return what a translation says, its language as the desk keeps it. Raises 422 without a known language."""
    read = call.read_one(given, TRANSLATION)
    return {**read, "locale": given_locale(read.get("locale"))}


def article_columns(given: Json) -> Json:
    """Return the properties of an article that a body gives. Raises 422 for what names nothing."""
    found: Json = {}
    if given.get("author_id"):
        found["author"] = _row(Person.objects.colleagues(), "author_id", given["author_id"])
    if given.get("section_id"):
        found["section"] = _row(Section.objects.all(), "section_id", given["section_id"])
    if "permission_group_id" in given:
        rows = PermissionGroup.objects.all()
        found["permission_group"] = _row(rows, "permission_group_id", given["permission_group_id"])
    if "user_segment_ids" in given or "user_segment_id" in given:
        found["segment"] = _row(Segment.objects.all(), "user_segment_id", _segment(given))
    if given.get("label_names") is not None:
        found["labels"] = given["label_names"]
    if given.get("position") is not None:
        found["position"] = position_of(given["position"])
    if given.get("promoted") is not None:
        found["is_promoted"] = given["promoted"]
    return found


def _segment(given: Json) -> int | None:
    """The one audience that an article has. Raises 422 for several, which would have to be one audience here."""
    several: Sequence[int] = given.get("user_segment_ids") or []
    if len(several) > 1:
        raise invalid_record("user_segment_ids", "can name one user segment")
    return given["user_segment_id"] if given.get("user_segment_id") else next(iter(several), None)


def _row(rows: Any, name: str, number: int | None) -> Any:
    if not number:
        return None
    row = rows.filter(pk=number).first()
    if row is None:
        raise invalid_record(name, "is invalid")
    return row

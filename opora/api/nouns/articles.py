"""Articles of the help center, each in one language: that of the address, else its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.links import help_center_page
from opora.api.nouns.help_center import asked_locale, hc_locale, reads_drafts
from opora.api.nouns.shelves import CATEGORIES
from opora.api.nouns.translations import article_translations
from opora.api.nouns.users import USERS
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.knowledge.models import Article, ArticleText, Label, Section
from opora.knowledge.policy import readable_articles, readable_texts
from opora.people.models import Person

KEPT = ("comments_disabled", "content_tag_ids")
"""What is kept of an article and means nothing here: there are no comments and no content tags."""


@dataclass(frozen=True)
class _Words:
    """An article's texts, without their bodies, and the one that is shown."""

    texts: list[ArticleText]
    shown: ArticleText


def articles_of(call: Call) -> QuerySet[Article]:
    """Return the articles in use that the caller may read, of those with a text in the address's language where it names one.

    `told` is the title in that language, to sort by.
    """
    rows = Article.objects.filter(readable_articles(call.anybody), archived_at=None, section__isnull=False)
    locale = asked_locale(call)
    if not locale:
        return rows.annotate(told=F("title"))
    texts = ArticleText.objects.filter(readable_texts(call.anybody), article=OuterRef("pk"), locale=locale)
    return rows.filter(Exists(texts)).annotate(told=Subquery(texts.values("title")[:1]))


def labelled(rows: QuerySet[Article], names: Sequence[str], *, every: bool) -> QuerySet[Article]:
    """Return the articles with every one of the labels, or with one of them; capitals do not count in any script."""
    wanted = {name.casefold() for name in names}
    numbers: dict[str, list[int]] = {name: [] for name in wanted}
    for name, pk in Label.objects.values_list("name", "pk"):
        if name.casefold() in wanted:
            numbers[name.casefold()].append(pk)
    groups = list(numbers.values()) if every else [[pk for group in numbers.values() for pk in group]]
    for group in groups:
        named = Article.labels.through.objects.filter(label_id__in=group)
        rows = rows.filter(pk__in=named.values("article_id"))
    return rows


def present_articles(call: Call, ids: Sequence[int], locales: Mapping[int, str] | None = None) -> list[Json]:
    """Return the articles in the language that `locales` says for each, or in that of the address, or in their own."""
    rows = Article.objects.filter(pk__in=ids).select_related("standing").prefetch_related("labels")
    texts: dict[int, list[ArticleText]] = {}
    for text in ArticleText.objects.filter(article_id__in=ids).defer("body").order_by("id"):
        texts.setdefault(text.article_id, []).append(text)
    words = {
        row.pk: _Words(own, shown)
        for row in rows
        if (own := texts.get(row.pk)) and (shown := _shown(call, row, own, (locales or {}).get(row.pk, "")))
    }
    _read_bodies(call, words)
    kept = kept_attributes("article", ids)
    by_id = {row.pk: row for row in rows}
    return [_article(call, by_id[pk], words[pk], kept.get(pk, {})) for pk in ids if pk in words]


def _shown(call: Call, row: Article, texts: list[ArticleText], locale: str) -> ArticleText | None:
    """The text in the language asked for, in the article's own, or the first one that the caller may read."""
    readable = [text for text in texts if reads_drafts(call) or not text.is_draft]
    for wanted in (locale or asked_locale(call), row.source_locale):
        for text in readable:
            if text.locale == wanted:
                return text
    return readable[0] if readable else None


def _read_bodies(call: Call, words: Mapping[int, _Words]) -> None:
    """Bodies are long: only of the texts that are shown, or of all where all are."""
    wanted = [
        text
        for one in words.values()
        for text in (one.texts if "translations" in call.include else [one.shown])
    ]
    bodies = dict(ArticleText.objects.filter(pk__in=[text.pk for text in wanted]).values_list("pk", "body"))
    for text in wanted:
        text.body = bodies[text.pk]


def _article(call: Call, row: Article, words: _Words, kept: Json) -> Json:
    text = words.shown
    segments = [row.segment_id] if row.segment_id else []
    shown = {
        "id": row.pk,
        "url": call.url(f"help_center/{hc_locale(text.locale)}/articles/{row.pk}"),
        "html_url": call.base + help_center_page("articles", text.locale, row.pk, text.title),
        "author_id": row.author_id,
        "comments_disabled": bool(kept.get("comments_disabled")),
        "draft": text.is_draft,
        "promoted": row.is_promoted,
        "position": row.position,
        "vote_sum": row.standing.balance,
        "vote_count": row.standing.votes,
        "section_id": row.section_id,
        "created_at": stamp(row.created_at),
        "updated_at": stamp(row.updated_at),
        "name": text.title,
        "title": text.title,
        "source_locale": hc_locale(row.source_locale),
        "locale": hc_locale(text.locale),
        "outdated": text.is_outdated,
        "outdated_locales": sorted(hc_locale(one.locale) for one in words.texts if one.is_outdated),
        "edited_at": stamp(row.edited_at),
        "user_segment_id": row.segment_id,
        "user_segment_ids": segments,
        "permission_group_id": row.permission_group_id,
        "content_tag_ids": kept.get("content_tag_ids") or [],
        "label_names": sorted(label.name for label in row.labels.all()),
        "body": text.body,
    }
    inside = article_translations(call, words.texts) if "translations" in call.include else None
    return shown if inside is None else {**shown, "translations": inside}


def _categories(call: Call, shown: Sequence[Json]) -> list[Json]:
    sections = Section.objects.filter(pk__in={one["section_id"] for one in shown})
    return CATEGORIES.present(call, sorted(set(sections.order_by().values_list("category_id", flat=True))))


def _authors(call: Call, shown: Sequence[Json]) -> list[Json]:
    """Who wrote them: for colleagues in full, for readers by name alone."""
    ids = sorted({one["author_id"] for one in shown if one["author_id"]})
    if reads_drafts(call):
        return USERS.present(call, ids)
    people: list[Any] = list(Person.objects.filter(pk__in=ids).order_by("pk"))
    return [{"id": person.pk, "name": person.alias or person.name} for person in people]


ARTICLES = Noun(
    "article", "articles", "help_center/articles", articles_of, present_articles,
    orders={
        "position": "position", "title": "told", "created_at": "created_at", "updated_at": "updated_at",
        "edited_at": "edited_at", "id": "id",
    },
    references={"sections": ("section_id",)},
    beside={"users": _authors, "categories": _categories},
)  # fmt: skip

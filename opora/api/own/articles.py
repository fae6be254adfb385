"""Articles as the desk keeps them: how sure it is of them, who keeps them, when to look again, how they do."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from opora.api.wire.answers import Answer, changed
from opora.api.wire.bodies import WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.own import answer_of, listed, own, own_noun, own_one, single
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_record
from opora.api.wire.shapes import Attribute, chosen, flag, free, many, moment, number, one_of, words
from opora.api.wire.times import stamp, today
from opora.core import clock
from opora.knowledge.actions.archive_article import archive_article, restore_article
from opora.knowledge.actions.review_article import review_article
from opora.knowledge.actions.save_article import save_article
from opora.knowledge.models import Article, ArticleText
from opora.knowledge.policy import readable_articles
from opora.people.models import Person

ARTICLE = Body(
    "article",
    {
        "confidence": chosen(Article.Confidence), "owner_id": WHOLE, "freshness": WHOLE,
    },
)  # fmt: skip
REVIEW = Body("review", {})
_MOMENT = {"type": "string", "format": "date-time"}
_TEXT = answer_of(
    {
        "id": {"type": "integer"}, "locale": {"type": "string"}, "title": {"type": "string"},
        "is_draft": {"type": "boolean"}, "is_outdated": {"type": "boolean"}, "version": {"type": "integer"},
        "updated_at": _MOMENT, "published_at": {**_MOMENT, "nullable": True},
    }
)  # fmt: skip
_STANDING = answer_of(
    {
        "votes_up": {"type": "integer"}, "votes_down": {"type": "integer"}, "citations": {"type": "integer"},
        "last_cited_at": {**_MOMENT, "nullable": True},
    }
)  # fmt: skip


def _text(text: ArticleText) -> Json:
    return {
        "id": text.pk,
        "locale": text.locale,
        "title": text.title,
        "is_draft": text.is_draft,
        "is_outdated": text.is_outdated,
        "version": text.version,
        "updated_at": stamp(text.updated_at),
        "published_at": stamp(text.published_at),
    }


def _standing(row: Article) -> Json:
    own_standing = row.standing
    return {
        "votes_up": own_standing.up,
        "votes_down": own_standing.down,
        "citations": own_standing.citations,
        "last_cited_at": stamp(own_standing.last_cited_at),
    }


def _texts(row: Article) -> list[Json]:
    return [_text(text) for text in row.texts.all()]


_REVIEW_ON = Attribute(
    {"type": "string", "format": "date", "nullable": True},
    lambda row: row.review_on.isoformat() if row.review_on else None,
)
SHAPE = {
    "id": number("pk"), "section_id": number("section_id", empty=True), "source_locale": words("source_locale"),
    "confidence": one_of("confidence", Article.Confidence), "author_id": number("author_id", empty=True),
    "owner_id": number("owner_id", empty=True), "freshness": number("freshness"), "review_on": _REVIEW_ON,
    "is_due": flag(lambda row: row.is_due_on(clock.now().date())), "is_promoted": flag("is_promoted"),
    "labels": many(lambda row: sorted(label.name for label in row.labels.all()), {"type": "string"}),
    "standing": free(_standing, _STANDING), "texts": many(_texts, _TEXT),
    "user_segment_id": number("segment_id", empty=True), "permission_group_id": number("permission_group_id", empty=True),
    "archived_at": moment("archived_at", empty=True), "created_at": moment("created_at"),
    "updated_at": moment("updated_at"), "edited_at": moment("edited_at"),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Article]:
    return Article.objects.filter(readable_articles(call.person))


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Article]:
    texts = ArticleText.objects.defer("body").order_by("id")
    rows = Article.objects.filter(pk__in=ids).select_related("standing").prefetch_related("labels")
    return rows.prefetch_related(Prefetch("texts", texts))


ARTICLES = own_noun(
    "article", path="articles", rows=_rows, load=_load, shape=SHAPE,
    orders={"updated_at": "updated_at", "review_on": "review_on", "id": "id"},
    references={"users": ("author_id", "owner_id")},
)  # fmt: skip
own_one(ARTICLES)


@own("GET", "articles", answers=listed(ARTICLES))
def list_articles(call: Call) -> Json:
    """List articles; `confidence`, `owner_id`, `section_id`, `due` and `archived` choose among them."""
    archived = call.param("archived") == "true"
    rows = _rows(call).filter(archived_at__isnull=not archived)
    if call.param("confidence"):
        rows = rows.filter(confidence=call.param("confidence"))
    if call.param("due") == "true":
        rows = rows.filter(review_on__lte=today())
    for name in ("owner_id", "section_id"):
        asked = call.number(name)
        rows = rows.filter(**{name: asked}) if asked else rows
    return list_of(call, ARTICLES, rows, order="-updated_at")


@own("PUT", "articles/{article_id}", takes=ARTICLE, answers=single(ARTICLES))
def update_article(call: Call, article_id: int) -> Any:
    """Say how sure we are of an article, who keeps it, and after how many days somebody looks again."""
    article, given = ARTICLES.find(call, article_id), call.read(ARTICLE)
    fields = {name: given[name] for name in ("confidence", "freshness") if given.get(name) is not None}
    if fields.get("freshness", Article.Freshness.PROCEDURE) not in Article.Freshness.values:
        raise invalid_record("freshness", f"must be one of {', '.join(map(str, Article.Freshness.values))}")
    if "owner_id" in given:
        fields["owner"] = _owner(given["owner_id"])
    save_article(article, by=call.person, **fields)
    return changed(call, ARTICLES, article.pk)


def _owner(number: int | None) -> Person | None:
    owner = Person.objects.colleagues().filter(pk=number).first() if number else None
    if number and owner is None:
        raise invalid_record("owner_id", "is not a colleague")
    return owner


@own("POST", "articles/{article_id}/reviews", takes=REVIEW, answers=single(ARTICLES))
def review(call: Call, article_id: int) -> Answer:
    """Say that an article is still true: it is validated, and due again after the days of its freshness."""
    article = ARTICLES.find(call, article_id)
    review_article(article, by=call.person)
    return Answer(changed(call, ARTICLES, article.pk), 201)


@own("POST", "articles/{article_id}/archive", takes=REVIEW, answers=single(ARTICLES))
def archive(call: Call, article_id: int) -> Answer:
    """Take an article out of use."""
    article = ARTICLES.find(call, article_id)
    archive_article(article, by=call.person)
    return Answer(changed(call, ARTICLES, article.pk), 201)


@own("DELETE", "articles/{article_id}/archive", answers=single(ARTICLES))
def restore(call: Call, article_id: int) -> Any:
    """Bring an archived article back as drafts (422 where its section is gone)."""
    article = ARTICLES.find(call, article_id)
    restore_article(article, by=call.person)
    return changed(call, ARTICLES, article.pk)

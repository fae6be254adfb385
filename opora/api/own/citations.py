"""Articles on tickets: what a ticket was answered with, or is about."""

from collections.abc import Sequence

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opora.api.nouns.help_center import given_locale
from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import TEXT, WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.own import listed, made, own, own_noun, single
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_record, not_found
from opora.api.wire.shapes import moment, number, words
from opora.knowledge.actions.cite_article import cite_article, uncite_article
from opora.knowledge.models import Article, ArticleText, Citation
from opora.knowledge.policy import readable_articles
from opora.tickets.queries import ticket_for

CITATION = Body("citation", {"article_id": WHOLE, "locale": TEXT}, ("article_id",))
SHAPE = {
    "id": number("pk"), "ticket_id": number("ticket_id"), "article_id": number("article_id"),
    "user_id": number("person_id", empty=True), "locale": words("locale"), "version": number("version"),
    "title": words("title"), "created_at": moment("created_at"),
}  # fmt: skip


def _rows(call: Call) -> QuerySet[Citation]:
    return Citation.objects.filter(article__in=Article.objects.filter(readable_articles(call.person)))


def _load(call: Call, ids: Sequence[int]) -> QuerySet[Citation]:
    """With the title as it is now in the language that was cited, or in the article's own."""
    texts = ArticleText.objects.filter(article=OuterRef("article_id"))
    cited, source = (
        Subquery(texts.filter(locale=OuterRef(column)).values("title")[:1])
        for column in ("locale", "article__source_locale")
    )
    return Citation.objects.filter(pk__in=ids).annotate(title=Coalesce(cited, source))


CITATIONS = own_noun(
    "citation", path="", rows=_rows, load=_load, shape=SHAPE,
    references={"users": ("user_id",), "articles": ("article_id",), "tickets": ("ticket_id",)},
)  # fmt: skip


@own("GET", "tickets/{ticket_id}/citations", answers=listed(CITATIONS))
def list_citations(call: Call, ticket_id: int) -> Json:
    """List the articles that are linked to a ticket."""
    return list_of(call, CITATIONS, _rows(call).filter(ticket=ticket_for(call.person, ticket_id)), order="id")


@own("POST", "tickets/{ticket_id}/citations", takes=CITATION, answers=single(CITATIONS))
def cite(call: Call, ticket_id: int) -> Answer:
    """Link an article to a ticket, in the language that `locale` names or its own; once, the first one stays."""
    ticket, given = ticket_for(call.person, ticket_id), call.read(CITATION)
    readable = Article.objects.filter(readable_articles(call.person), archived_at=None)
    article = readable.filter(pk=given.get("article_id") or 0).first()
    if article is None:
        raise invalid_record("article_id", "is invalid")
    locale = given_locale(given["locale"]) if given.get("locale") else article.source_locale
    text = article.texts.filter(locale=locale).first()
    if text is None:
        raise invalid_record("locale", "is a language that the article is not written in")
    return made(call, CITATIONS, cite_article(text, ticket, by=call.person).pk)


@own("DELETE", "tickets/{ticket_id}/citations/{citation_id}")
def uncite(call: Call, ticket_id: int, citation_id: int) -> Answer:
    """Unlink an article from a ticket."""
    ticket = ticket_for(call.person, ticket_id)
    cited = _rows(call).filter(ticket=ticket, pk=citation_id).first()
    if cited is None:
        raise not_found()
    uncite_article(cited, by=call.person)
    return NOTHING

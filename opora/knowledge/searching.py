"""Searching articles: by words in any inflection, among what the reader may read."""

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from opora.core.html import html_to_text
from opora.knowledge.models import Article, ArticleText
from opora.knowledge.policy import Reader, readable_articles, readable_texts
from opora.search import index
from opora.search.query import TextQuery, Words

KIND = "article"
MOST = 120
"""So many are ranked; readers look at the first ten."""

SHORTEST, TELLING, RARE = 4, 8, 0.2
"""Letters of a word that may tell something, such words of a subject, and the worth of one that few texts have."""

_WORD = re.compile(r"[^\W_]+(?:[’'ʼ-][^\W_]+)*")


@dataclass(frozen=True)
class Wanted:
    """What is looked for: words, and where. `locale` "" means in every language."""

    words: str
    locale: str = ""
    brand_id: int | None = None


def index_text(text: ArticleText) -> None:
    """Put the words of a text into the index; its labels count like codes, more than what stands in the body."""
    labels = text.article.labels.values_list("name", flat=True)
    body = html_to_text(text.body)
    index.put(KIND, text.pk, title=text.title, body=body, codes=" ".join(labels))


def search_articles(wanted: Wanted, *, reader: Reader, limit: int = 30) -> list[ArticleText]:
    """Return the texts that fit best and that the reader may read, best first; in use, with their articles."""
    places = ranked_texts(wanted.words)
    rows = _readable(wanted, reader).filter(pk__in=places)
    found = sorted(rows, key=lambda text: places[text.pk])
    return _each_once(found)[:limit] if not wanted.locale else found[:limit]


def ranked_texts(words: str, *, most: int = MOST) -> dict[int, int]:
    """Return the numbers of the texts that fit, each with its place: 0 fits best. Who may read them asks the caller.

    The last word may be the beginning of one, so that something is found while somebody types; whole words in any
    inflection come before that.
    """
    places: dict[int, int] = {}
    for starts in (False, True):
        for hit in index.find(KIND, TextQuery((Words(words, starts=starts),)), limit=most):
            places.setdefault(hit.id, len(places))
    return places


def suggest_articles(wanted: Wanted, *, reader: Reader, limit: int = 3) -> list[ArticleText]:
    """Return texts that share the telling words of a subject, which nobody chose for searching; best first.

    A word counts the more the fewer texts have it. A text that shares one common word alone is not offered.
    """
    words = list(dict.fromkeys(word for word in _WORD.findall(wanted.words) if len(word) >= SHORTEST))[
        :TELLING
    ]
    worth: dict[int, float] = {}
    shared: dict[int, int] = {}
    for word in words:
        hits = index.find(KIND, TextQuery((Words(word),)), limit=MOST)
        for hit in hits:
            worth[hit.id] = worth.get(hit.id, 0.0) + 1 / (2 + len(hits))
            shared[hit.id] = shared.get(hit.id, 0) + 1
    enough = {pk for pk, count in shared.items() if count > 1 or len(words) < 3 or worth[pk] > RARE}
    rows = _readable(wanted, reader).filter(pk__in=enough)
    found = sorted(rows, key=lambda text: (-worth[text.pk], text.pk))
    return _each_once(found)[:limit]


def _readable(wanted: Wanted, reader: Reader) -> QuerySet[ArticleText]:
    articles = Article.objects.filter(readable_articles(reader), archived_at=None)
    if wanted.brand_id is not None:
        articles = articles.filter(section__category__brand_id=wanted.brand_id)
    rows = ArticleText.objects.filter(readable_texts(reader), article__in=articles)
    if wanted.locale:
        rows = rows.filter(locale=wanted.locale)
    return rows.select_related("article__section__category__brand", "article__author")


def _each_once(texts: list[ArticleText]) -> list[ArticleText]:
    """Of an article that is found in several languages, the one that fits best."""
    best: dict[int, ArticleText] = {}
    for text in texts:
        best.setdefault(text.article_id, text)
    return list(best.values())

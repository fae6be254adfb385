"""What articles read from the log: how each does, and the words it is found by."""

from functools import partial

from opora.events.models import Event
from opora.events.projection import Projection
from opora.knowledge.events import (
    ArticleChanged,
    ArticleCited,
    ArticleCreated,
    ArticleUncited,
    ArticleVoted,
    CitationFact,
    TextRemoved,
    TextSaved,
)
from opora.knowledge.models import ArticleText, Standing
from opora.knowledge.searching import KIND, index_text
from opora.search import index

standing = Projection("article standing", owns=[Standing])
words = Projection("article search", owns=[], reset=partial(index.clear, KIND))


@standing.on(ArticleCreated)
def begin(fact: ArticleCreated, event: Event) -> None:
    Standing.objects.create(article_id=event.subject_id)


@standing.on(ArticleVoted)
def count_vote(fact: ArticleVoted, event: Event) -> None:
    own = Standing.objects.select_for_update().get(article_id=event.subject_id)
    own.up += (fact.value > 0) - (fact.before > 0)
    own.down += (fact.value < 0) - (fact.before < 0)
    own.count_again()
    own.save(update_fields=["up", "down", "helpful"])


@standing.on(ArticleCited, ArticleUncited)
def count_citation(fact: CitationFact, event: Event) -> None:
    own = Standing.objects.select_for_update().get(article_id=fact.article_id)
    if isinstance(fact, ArticleCited):
        own.citations, own.last_cited_at = own.citations + 1, event.occurred_at
    else:
        own.citations -= 1
    own.save(update_fields=["citations", "last_cited_at"])


@words.on(TextSaved)
def index_words(fact: TextSaved, event: Event) -> None:
    for text in ArticleText.objects.filter(article_id=event.subject_id, locale=fact.locale):
        index_text(text)


@words.on(ArticleChanged)
def index_labels(fact: ArticleChanged, event: Event) -> None:
    if "labels" in fact.changes:
        for text in ArticleText.objects.filter(article_id=event.subject_id):
            index_text(text)


@words.on(TextRemoved)
def forget_words(fact: TextRemoved, event: Event) -> None:
    for text in ArticleText.objects.filter(article_id=event.subject_id, locale=fact.locale):
        index.remove(KIND, text.pk)

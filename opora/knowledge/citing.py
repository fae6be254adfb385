"""Articles as they are offered on a ticket: in the requester's language, with the address that may be sent."""

from dataclasses import dataclass

from django.conf import settings

from opora.knowledge.models import ArticleText, Citation
from opora.knowledge.searching import Wanted, search_articles, suggest_articles
from opora.people.models import Person
from opora.tickets.models import Ticket

FOUND, SUGGESTED = 6, 3


@dataclass(frozen=True)
class Offer:
    """An article that the ticket may be answered with. `url` is "" for what the requester could not open."""

    text: ArticleText
    url: str


def language_of(ticket: Ticket) -> str:
    """Return the language that the requester is answered in, "" where it is not known."""
    return ticket.locale or ticket.requester.locale


def citations_on(ticket: Ticket) -> list[Citation]:
    """Return the articles linked to the ticket, the newest first."""
    rows = Citation.objects.filter(ticket=ticket).select_related("article", "person")
    return list(rows.prefetch_related("article__texts").order_by("-id"))


def offers(ticket: Ticket, words: str, *, reader: Person, without: set[int]) -> list[Offer]:
    """Return the articles that fit the words; without any, those that fit the ticket's subject."""
    if words:
        found = search_articles(Wanted(words, brand_id=None), reader=reader, limit=FOUND)
    else:
        wanted = Wanted(ticket.subject, brand_id=ticket.brand_id)
        found = suggest_articles(wanted, reader=reader, limit=SUGGESTED + len(without))
        found = [text for text in found if text.article_id not in without][:SUGGESTED]
    return _in_language(found, language_of(ticket))


def public_address(text: ArticleText) -> str:
    """Return the address of the text for whoever is not signed in; "" where they may not read it."""
    if text.is_draft or text.article.segment_id or text.article.is_archived:
        return ""
    return f"{settings.PUBLIC_URL}{text.get_absolute_url()}"


def _in_language(found: list[ArticleText], locale: str) -> list[Offer]:
    """The same articles in the requester's language, as far as they are published in it."""
    rows = ArticleText.objects.filter(
        article_id__in=[text.article_id for text in found], locale=locale, is_draft=False
    )
    known = {row.article_id: row for row in rows.select_related("article__section__category__brand")}
    texts = [known.get(text.article_id, text) for text in found]
    return [Offer(text, public_address(text)) for text in texts]

"""The list of articles."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from opora.core import clock
from opora.core.pagination import Page, keyset_page
from opora.knowledge.forms import languages
from opora.knowledge.models import Article
from opora.knowledge.queries import (
    SORTS,
    Filters,
    articles_of,
    due_by,
    sections_as_choices,
    with_what_rows_show,
)
from opora.knowledge.searching import Wanted, search_articles
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.people.queries import active_brands, colleagues
from opora.people.views.lists import counted

PAGE_SIZE = 50
MOST_FOUND = 50


@require_GET
@colleagues_only
def articles(request: DeskRequest) -> HttpResponse:
    """Articles by filters and in an order, or by words; `?cursor=` gives the next rows alone."""
    filters, words = Filters.of(request.GET), request.GET.get("q", "").strip()[:200]
    sort = request.GET.get("sort", "") if request.GET.get("sort") in SORTS else "-updated_at"
    rows = articles_of(filters, reader=request.user)
    page = _found(rows, words, request.user) if words else _page(rows, sort, request.GET.get("cursor", ""))
    context = {
        "page": page,
        "today": clock.now().date(),
        "sort": "" if words else sort,
        "query": _query(request),
    }
    if request.GET.get("cursor"):
        return render(request, "knowledge/_article_rows.html", context)
    counts = {"count": str(len(page.rows)) if words else counted(rows)}
    return render(
        request,
        "knowledge/articles.html",
        context | counts | _choices(request.user) | {"filters": filters, "q": words},
    )


def _page(rows: QuerySet[Article], sort: str, cursor: str) -> Page[Article]:
    return keyset_page(rows, order=SORTS[sort], size=PAGE_SIZE, cursor=cursor, load=with_what_rows_show)


def _found(rows: QuerySet[Article], words: str, reader: Person) -> Page[Article]:
    """The articles that fit the words best, best first; those in the archive are not found."""
    texts = search_articles(Wanted(words), reader=reader, limit=MOST_FOUND)
    passing = set(rows.filter(pk__in=[text.article_id for text in texts]).values_list("pk", flat=True))
    ids = [text.article_id for text in texts if text.article_id in passing]
    by_id = {row.pk: row for row in with_what_rows_show(ids)}
    return Page([by_id[pk] for pk in ids], "")


def _query(request: DeskRequest) -> str:
    """The filters as they stand in addresses, without order and place."""
    kept = {
        name: value for name, value in request.GET.items() if value and name not in {"sort", "cursor", "q"}
    }
    return urlencode(kept)


def _choices(reader: Person) -> dict[str, object]:
    due = articles_of(Filters(), reader=reader).filter(due_by(clock.now().date()))
    return {
        "brands": active_brands(),
        "sections": sections_as_choices(),
        "languages": languages(),
        "confidences": Article.Confidence.choices,
        "owners": colleagues(),
        "due": counted(due),
    }

"""Searching articles through the API: words, places, labels and times."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.articles import articles_of, labelled
from opora.api.nouns.help_center import asked_locale, given_locale
from opora.api.wire.call import Call
from opora.api.wire.problems import WireProblem, invalid_attribute
from opora.api.wire.times import read_moment
from opora.core.html import html_to_text
from opora.knowledge.models import Article, ArticleText
from opora.knowledge.policy import readable_texts
from opora.knowledge.searching import ranked_texts
from opora.search.highlight import highlight
from opora.search.matching import Match, expand
from opora.search.query import TextQuery, Words

MOST = 1_000
NEEDED = ("query", "category", "section", "label_names")


@dataclass(frozen=True)
class Found:
    """Articles in the order they were found, and the language in which each was."""

    ids: list[int] = field(default_factory=list)
    locales: dict[int, str] = field(default_factory=dict)


def find_articles(call: Call) -> Found:
    """Return at most a thousand articles that fit what the address asks, best first, or by `sort_by`.

    Raises 400 where neither words nor a category, section or label are asked for.
    """
    if not any(call.all_of(name) for name in NEEDED):
        words = f"one of these parameters is required: {', '.join(NEEDED)}"
        raise WireProblem(400, {"error": words})
    rows = _chosen(call, articles_of(call))
    texts = ArticleText.objects.filter(readable_texts(call.anybody), article__in=rows.values("pk"))
    locale = _locale(call)
    texts = texts.filter(locale=locale) if locale else texts
    typed = call.param("query").strip()
    found = _ranked(texts, typed) if typed else _in_order(texts)
    return _sorted(call, _once(found))


def snippets(call: Call, found: Found, ids: Sequence[int]) -> dict[int, str]:
    """Return why each article was found: its best passage, the words in `<em>`."""
    ways = [expand(TextQuery((Words(call.param("query"), starts=starts),))) for starts in (False, True)]
    texts = ArticleText.objects.filter(article_id__in=ids).values_list("article_id", "locale", "body")
    return {
        pk: _snippet(html_to_text(body), ways) for pk, locale, body in texts if found.locales[pk] == locale
    }


def _snippet(body: str, ways: Sequence[Match]) -> str:
    """The words whole, or else as the beginnings of words."""
    told = ""
    for match in ways:
        told = highlight(body, match)
        if "<mark>" in told:
            break
    return told.replace("<mark>", "<em>").replace("</mark>", "</em>")


def _chosen(call: Call, rows: QuerySet[Article]) -> QuerySet[Article]:
    labels = call.all_of("label_names")
    rows = labelled(rows, labels, every=False) if labels else rows
    for name, column in (("category", "section__category_id"), ("section", "section_id")):
        numbers = _numbers(call, name)
        rows = rows.filter(**{f"{column}__in": numbers}) if numbers else rows
    brand_id = call.number("brand_id")
    rows = rows.filter(section__category__brand_id=brand_id) if brand_id else rows
    for column in ("created_at", "updated_at"):
        rows = rows.filter(**_times(call, column))
    return rows


def _numbers(call: Call, name: str) -> list[int]:
    given = call.all_of(name)
    if not all(part.isdecimal() and len(part) < 19 for part in given):
        raise invalid_attribute(name, "must be a comma-separated list of integers")
    return [int(part) for part in given]


def _times(call: Call, column: str) -> dict[str, Any]:
    """`created_at` names a whole day, `created_after` and `created_before` what lies beyond one."""
    name = column.removesuffix("_at")
    found: dict[str, Any] = {}
    for asked in (f"{name}_after", f"{name}_before", column):
        given = call.param(asked).strip()
        if not given:
            continue
        moment = read_moment(given)
        if moment is None:
            raise invalid_attribute(asked, "must be a date")
        if asked.endswith("_before"):
            found[f"{column}__lt"] = moment
        else:
            found[f"{column}__gte"] = moment
        if asked == column:
            found[f"{column}__lt"] = moment + timedelta(days=1)
    return found


def _locale(call: Call) -> str:
    given = call.param("locale").strip()
    return asked_locale(call) if not given or given == "*" else given_locale(given)


def _ranked(texts: QuerySet[ArticleText], typed: str) -> list[tuple[int, str]]:
    places = ranked_texts(typed, most=MOST)
    rows = texts.filter(pk__in=places).values_list("pk", "article_id", "locale")
    return [(article, locale) for _pk, article, locale in sorted(rows, key=lambda row: places[row[0]])]


def _in_order(texts: QuerySet[ArticleText]) -> list[tuple[int, str]]:
    rows = texts.order_by("article__position", "article_id", "pk").values_list("article_id", "locale")
    return list(rows[: MOST * 4])


def _once(found: list[tuple[int, str]]) -> Found:
    """Of an article found in several languages, the one that fits best."""
    locales: dict[int, str] = {}
    for pk, locale in found:
        locales.setdefault(pk, locale)
    return Found(list(locales)[:MOST], locales)


def _sorted(call: Call, found: Found) -> Found:
    column = call.param("sort_by")
    if column not in {"created_at", "updated_at"}:
        return found
    direction = "" if call.param("sort_order").lower() == "asc" else "-"
    rows = Article.objects.filter(pk__in=found.ids).order_by(f"{direction}{column}", f"{direction}pk")
    return Found(list(rows.values_list("pk", flat=True)), found.locales)

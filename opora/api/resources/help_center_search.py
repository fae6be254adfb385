"""Searching the help center."""

from opora.api.nouns.articles import ARTICLES, present_articles
from opora.api.searching.articles import MOST, find_articles, snippets
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.help_center import help_center, page_words
from opora.api.wire.nouns import side_loads
from opora.api.wire.problems import invalid_page

PAGE = 25


@help_center("GET", "articles/search", who="readers")
def search_articles(call: Call) -> Json:
    """Find articles by words, category, section or label; at most a thousand can be paged through."""
    number, size = _number(call, "page", 1), min(_number(call, "per_page", PAGE), 100)
    if (number - 1) * size >= MOST:
        raise invalid_page("page", f"reaches beyond {MOST} records")
    call.query["per_page"] = [str(size)]
    found = find_articles(call)
    ids = found.ids[(number - 1) * size : number * size]
    why = snippets(call, found, ids)
    shown = [
        {**one, "snippet": why.get(one["id"], ""), "result_type": "article"}
        for one in present_articles(call, ids, found.locales)
    ]
    return {
        "results": shown,
        **side_loads(call, ARTICLES, shown),
        "count": len(found.ids),
        **page_words(call, len(found.ids)),
        "next_page": call.here(page=number + 1) if number * size < len(found.ids) else None,
        "previous_page": call.here(page=number - 1) if number > 1 else None,
    }


def _number(call: Call, name: str, otherwise: int) -> int:
    given = call.param(name).strip()
    if not given:
        return otherwise
    if not given.isdecimal() or len(given) > 6:
        raise invalid_page(name)
    return max(1, int(given))

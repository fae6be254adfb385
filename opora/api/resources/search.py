"""Search across tickets, people, organizations and groups."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.groups import GROUPS
from opora.api.nouns.organizations import ORGANIZATIONS
from opora.api.nouns.tickets import TICKETS
from opora.api.nouns.users import USERS, listed_people
from opora.api.searching.everything import Searched, read_search
from opora.api.searching.people import search_groups, search_organizations, search_people
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.cursors import PAGE_SIZE, cursor_page
from opora.api.wire.nouns import NOUNS, Noun, side_loads
from opora.api.wire.offers import required
from opora.api.wire.paging import order_of, tally
from opora.api.wire.problems import invalid_page, invalid_record, search_too_long
from opora.api.wire.routing import operation
from opora.search.language.parser import parse
from opora.tickets.searching import FIELDS, matching_tickets

MOST = 1_000
EXPORTED = 1_000


def _rows(call: Call, kind: str, typed: str) -> QuerySet[Any]:
    if kind == "ticket":
        return matching_tickets(parse(typed, FIELDS), by=call.person)
    if kind == "user":
        return search_people(typed, listed_people(call), by=call.person)
    if kind == "organization":
        return search_organizations(typed)
    return search_groups(typed)


_NOUNS = {"ticket": TICKETS, "user": USERS, "organization": ORGANIZATIONS, "group": GROUPS}


@operation("GET", "search")
def search(call: Call) -> Json:
    """Find tickets, people, organizations and groups; at most a thousand can be paged through."""
    asked = read_search(required(call, "query"))
    number, size = _number(call, "page", 1), min(_number(call, "per_page", PAGE_SIZE), PAGE_SIZE)
    first = (number - 1) * size
    if first >= MOST:
        raise search_too_long()
    parts = [(kind, _rows(call, kind, asked.text)) for kind in asked.kinds]
    counts = [tally(rows) for _kind, rows in parts]
    shown: list[Json] = []
    for (kind, rows), count in zip(parts, counts, strict=True):
        if first < count and len(shown) < size:
            ids = _page(call, asked, kind, rows, first, size - len(shown))
            shown += _marked(call, kind, ids)
        first = max(0, first - count)
    total = sum(counts)
    more = number * size < min(total, MOST)
    return {
        "results": shown,
        "facets": None,
        "next_page": call.here(page=number + 1) if more else None,
        "previous_page": call.here(page=number - 1) if number > 1 else None,
        "count": total,
        **dict(_beside(call, shown)),
    }


def _page(call: Call, asked: Searched, kind: str, rows: QuerySet[Any], first: int, size: int) -> list[int]:
    return list(
        rows.order_by(*asked.order_for(kind, call)).values_list("pk", flat=True)[first : first + size]
    )


def _marked(call: Call, kind: str, ids: Sequence[int]) -> list[Json]:
    return [{**one, "result_type": kind} for one in _NOUNS[kind].present(call, ids)]


def _beside(call: Call, shown: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    """Side-loads written as `include=tickets(users,groups)`, or by their plain names."""
    wanted = {part.rstrip(")").rpartition("(")[2] for part in call.include}
    tickets = [one for one in shown if one["result_type"] == "ticket"]
    call.include = call.include | wanted
    yield from side_loads(call, TICKETS, tickets).items()


def _number(call: Call, name: str, otherwise: int) -> int:
    given = call.param(name).strip()
    if not given:
        return otherwise
    if not given.isdigit() or len(given) > 6:
        raise invalid_page(name)
    return max(1, int(given))


@operation("GET", "search/count")
def count_search(call: Call) -> Json:
    """Count what a search finds."""
    asked = read_search(required(call, "query"))
    return {"count": sum(tally(_rows(call, kind, asked.text)) for kind in asked.kinds)}


@operation("GET", "search/export")
def export_search(call: Call) -> Json:
    """Go through everything of one type that a search finds, by cursor."""
    kind = call.param("filter[type]") or next(iter(call.all_of("type")), "")
    if kind not in _NOUNS:
        raise invalid_record("filter[type]", "must be one of ticket, organization, user, group", "invalid")
    noun: Noun = NOUNS[_NOUNS[kind].many]
    asked = read_search(required(call, "query"))
    rows = _rows(call, kind, asked.text)
    order = order_of(call, noun, "id")
    ids, way = cursor_page(call, rows, order, largest=EXPORTED)
    return {"results": _marked(call, kind, ids), "facets": None, **way}

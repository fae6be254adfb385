"""How the Help Center's part of the wire differs from the rest: languages in addresses, its pages, its errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.cursors import LAST_PAGE, Order, cursor_page
from opora.api.wire.nouns import Noun, side_loads
from opora.api.wire.paging import is_by_cursor, numbered_page, order_of
from opora.api.wire.problems import WireProblem, from_refusal
from opora.api.wire.routing import operation
from opora.core.refusals import Conflict, Invalid

PAGE = 30
"""Objects on a numbered page, unless more are asked for."""
LANGUAGE = "language of the address"
Run = Callable[..., Any]


def help_center(method: str, path: str, **options: Any) -> Callable[[Run], Run]:
    """Offer the function under `help_center/` and under `help_center/{locale}/`; see `offered`."""

    def declare(run: Run) -> Run:
        offered(method, f"help_center/{path}", **options)(run)
        offered(method, f"help_center/{{locale:text}}/{path}", **options)(run)
        return run

    return declare


def offered(method: str, path: str, **options: Any) -> Callable[[Run], Run]:
    """Offer the function at `path`; the language that its address names, if any, is kept with the call as it was written."""

    def declare(run: Run) -> Run:
        @wraps(run)
        def in_language(call: Call, locale: str = "", **arguments: Any) -> Any:
            call.cache[LANGUAGE] = locale
            with _errors_by_attribute():
                return run(call, **arguments)

        operation(method, path, **options)(in_language)
        return run

    return declare


@contextmanager
def _errors_by_attribute() -> Iterator[None]:
    """Say what is wrong with a record under `errors` too, where clients of the Help Center look: sentences by attribute."""
    try:
        yield
    except (Invalid, Conflict) as refusal:
        raise _with_errors(from_refusal(refusal)) from refusal
    except WireProblem as problem:
        raise _with_errors(problem) from problem


def _with_errors(problem: WireProblem) -> WireProblem:
    details = (
        problem.body.get("details") if problem.status == 422 and isinstance(problem.body, dict) else None
    )
    if not isinstance(details, dict):
        return problem
    errors = {
        name: [_without_label(name, one["description"]) for one in found] for name, found in details.items()
    }
    return WireProblem(problem.status, {**problem.body, "errors": errors}, problem.headers)


def _without_label(name: str, sentence: str) -> str:
    return sentence.removeprefix(f"{name.replace('_', ' ').capitalize()}: ")


def help_center_list(call: Call, noun: Noun, rows: QuerySet[Any], *, key: str = "", order: str = "") -> Json:
    """Return one page of `rows` as the Help Center says it: by number with its size, by cursor with its first and last page."""
    chosen = order_of(call, noun, order)
    if is_by_cursor(call):
        ids, way = cursor_page(call, rows, chosen)
        away = {"page[after]": None, "page[before]": None}
        way["links"] |= {"first": call.here(**away), "last": call.here(**{**away, "page[before]": LAST_PAGE})}
    else:
        call.query.setdefault("per_page", [str(PAGE)])
        ids, way = numbered_page(call, rows, chosen)
        way |= page_words(call, way["count"]) | _order_words(call, noun, chosen)
    shown = noun.present(call, ids)
    return {key or noun.many: shown, **side_loads(call, noun, shown), **way}


def short_list(call: Call, name: str, shown: list[Json]) -> Json:
    """Return a list that has one page however it is asked for: of the few things that belong to one object."""
    if is_by_cursor(call):
        meta = {"has_more": False, "after_cursor": None, "before_cursor": None}
        return {
            name: shown,
            "meta": meta,
            "links": {"prev": None, "next": None, "first": call.here(), "last": call.here()},
        }
    count = len(shown)
    return {
        name: shown,
        "count": count,
        "next_page": None,
        "previous_page": None,
        "page": 1,
        "per_page": 100,
        "page_count": 1,
    }


def page_words(call: Call, count: int) -> Json:
    """Return the number of this page, its size, and how many pages there are."""
    size = min(int(call.param("per_page") or 0) or 100, 100)
    return {"page": max(1, int(call.param("page") or 1)), "per_page": size, "page_count": -(-count // size)}


def _order_words(call: Call, noun: Noun, chosen: Order) -> Json:
    if "position" not in noun.orders:
        return {}
    asked = (call.param("sort") or call.param("sort_by")).removeprefix("-")
    name = asked if asked in noun.orders else next(iter(noun.orders))
    return {"sort_by": name, "sort_order": "desc" if chosen.descending else "asc"}

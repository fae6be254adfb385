"""Pages of lists, both ways on every list: by number (`page`, `per_page`) and by cursor (`page[size]`, `page[after]`)."""

import time
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.cursors import PAGE_SIZE, Order, cursor_page, expressions, short_cursor_page
from opora.api.wire.nouns import Noun, side_loads
from opora.api.wire.problems import invalid_page

DEEPEST_OFFSET = 10_000
MOST_COUNTED = 100_000
"""Counting stops here: a list of millions says this number, as the vendor's does, instead of reading them all."""
LONG_FOR = 60
"""Seconds for which a list that reached it is taken to be as long."""
MOST_KNOWN = 100
_known_as_long: dict[str, float] = {}


def list_of(
    call: Call, noun: Noun, rows: QuerySet[Any], *, key: str = "", order: str = "", size: int = PAGE_SIZE
) -> Json:
    """Return one page of `rows` as the answer of a list: the objects, what is side-loaded, and the way on.

    `key` is the name of the list where it is not the noun's; `order` its usual order, such as `-created_at`.
    """
    chosen = order_of(call, noun, order)
    if is_by_cursor(call):
        ids, way = cursor_page(call, rows, chosen, largest=size)
    else:
        ids, way = numbered_page(call, rows, chosen, largest=size)
    shown = noun.present(call, ids)
    return {key or noun.many: shown, **side_loads(call, noun, shown), **way}


def whole_list(call: Call, noun: Noun, ids: Sequence[int], *, key: str = "") -> Json:
    """Return these objects as a list that has one page."""
    shown = noun.present(call, ids)
    way = {"next_page": None, "previous_page": None, "count": len(shown)}
    return {key or noun.many: shown, **side_loads(call, noun, shown), **way}


def is_by_cursor(call: Call) -> bool:
    return any(name.startswith("page[") for name in call.query)


def order_of(call: Call, noun: Noun, usual: str = "") -> Order:
    """Return the order asked for by `sort=-updated_at` or `sort_by` and `sort_order`; unknown ones are the usual one."""
    asked = call.param("sort") or call.param("sort_by")
    name = asked.removeprefix("-")
    if name not in noun.orders:
        usual = usual or next(iter(noun.orders.values()))
        return _directed(call, Order(usual.lstrip("-"), usual.startswith("-")), plain=not asked)
    column = noun.orders[name]
    return _directed(call, Order(column.lstrip("-"), asked.startswith("-")), plain=False)


def _directed(call: Call, order: Order, *, plain: bool) -> Order:
    wanted = call.param("sort_order").lower()
    if wanted not in {"asc", "desc"}:
        return order
    return Order(order.column, wanted == "desc")


def numbered_page(
    call: Call, rows: QuerySet[Any], order: Order, *, largest: int = PAGE_SIZE
) -> tuple[list[int], Json]:
    """Return the ids of the page by number, and `count`, `next_page`, `previous_page`."""
    number, size = _page_number(call), _per_page(call, largest)
    first = (number - 1) * size
    if first >= DEEPEST_OFFSET and number > 1:
        raise invalid_page("page", f"reaches beyond {DEEPEST_OFFSET} records; use cursor pagination")
    ordered = rows.order_by(*expressions(rows, order)).values_list("pk", flat=True)
    ids = list(ordered[first : first + size + 1])
    more, ids = len(ids) > size, ids[:size]
    count = tally(rows) if more or first else len(ids)
    return ids, {
        "next_page": call.here(page=number + 1) if more else None,
        "previous_page": call.here(page=number - 1) if number > 1 else None,
        "count": count,
    }


def tally(rows: QuerySet[Any]) -> int:
    """Count the rows, up to `MOST_COUNTED`. A list that is longer stays so for a while, and is not counted each time."""
    counted = rows.order_by().values("pk")[:MOST_COUNTED]
    try:
        question = repr(counted.query.sql_with_params())
    except EmptyResultSet:  # the conditions exclude each other, and the database need not be asked
        return 0
    if _known_as_long.get(question, 0) > time.monotonic():
        return MOST_COUNTED
    count = counted.count()
    if count == MOST_COUNTED:
        _known_as_long[question] = time.monotonic() + LONG_FOR
        if len(_known_as_long) > MOST_KNOWN:
            _known_as_long.clear()
    return count


def _page_number(call: Call) -> int:
    given = call.param("page", "1").strip() or "1"
    if not given.isdecimal() or len(given) > 9:
        raise invalid_page("page")
    return max(1, int(given))


def _per_page(call: Call, largest: int) -> int:
    given = call.param("per_page").strip()
    if not given:
        return largest
    if not given.isdecimal() or len(given) > 9:
        raise invalid_page("per_page")
    return min(int(given) or largest, largest)


def list_of_ids(call: Call, noun: Noun, ids: Sequence[int], *, key: str = "") -> Json:
    """Return one page of a short list that is known as a whole; the cursor names the last id shown."""
    if not is_by_cursor(call):
        number, size = _page_number(call), _per_page(call, PAGE_SIZE)
        chosen = list(ids[(number - 1) * size : number * size])
        way: Json = {
            "next_page": call.here(page=number + 1) if number * size < len(ids) else None,
            "previous_page": call.here(page=number - 1) if number > 1 else None,
            "count": len(ids),
        }
    else:
        chosen, way = short_cursor_page(call, list(ids), noun.many)
    shown = noun.present(call, chosen)
    return {key or noun.many: shown, **side_loads(call, noun, shown), **way}

"""Pages of lists, both ways on every list: by number (`page`, `per_page`) and by cursor (`page[size]`, `page[after]`).

A cursor names the list, its order and the place in it, so one of another list is refused rather than misread.
"""

import base64
import binascii
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import F, Q, QuerySet

from opora.api.wire.bodies import LARGEST_ID, Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, side_loads
from opora.api.wire.problems import invalid_page

PAGE_SIZE = 100
DEEPEST_OFFSET = 10_000
MOST_COUNTED = 100_000
"""Counting stops here: a list of millions says this number, as the vendor's does, instead of reading them all."""
LONG_FOR = 60
"""Seconds for which a list that reached it is taken to be as long."""
MOST_KNOWN = 100
_known_as_long: dict[str, float] = {}


@dataclass(frozen=True)
class Order:
    """One column and a direction, then the id."""

    column: str
    descending: bool = False

    @property
    def key(self) -> str:
        return f"{'-' if self.descending else ''}{self.column}"

    def flipped(self) -> "Order":
        return Order(self.column, not self.descending)


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
    ordered = rows.order_by(*_expressions(rows, order)).values_list("pk", flat=True)
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
    if not given.isdigit() or len(given) > 9:
        raise invalid_page("page")
    return max(1, int(given))


def _per_page(call: Call, largest: int) -> int:
    given = call.param("per_page").strip()
    if not given:
        return largest
    if not given.isdigit() or len(given) > 9:
        raise invalid_page("per_page")
    return min(int(given) or largest, largest)


def cursor_page(
    call: Call, rows: QuerySet[Any], order: Order, *, largest: int = PAGE_SIZE
) -> tuple[list[int], Json]:
    """Return the ids of the page after (or before) a cursor, and `meta` and `links`."""
    size, after, before = _page_size(call, largest), call.param("page[after]"), call.param("page[before]")
    backwards = bool(before) and not after
    going = order.flipped() if backwards else order
    cursor = after or before
    name = call.request.resolver_match.kwargs.get("name", "") if call.request.resolver_match else ""
    place = f"{name.removesuffix('.json')} {order.key}"
    if cursor:
        rows = rows.filter(_beyond(going, *_decode(cursor, place)))
    column = "pk" if order.column == "id" else order.column
    found = list(rows.order_by(*_expressions(rows, going)).values_list(column, "pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    return [pk for _value, pk in found], _way(
        call, place, found, more=more, backwards=backwards, began=not cursor
    )


def _way(call: Call, place: str, found: list[Any], *, more: bool, backwards: bool, began: bool) -> Json:
    """The links of a page: next only where something follows, for some clients follow whatever is there."""
    first = _encode(place, *found[0]) if found else None
    last = _encode(place, *found[-1]) if found else None
    follows = bool(found) and (more or backwards)
    precedes = bool(found) and (more if backwards else not began)
    here = {"page[after]": None, "page[before]": None}
    return {
        "meta": {
            "has_more": follows if not backwards else more,
            "after_cursor": last,
            "before_cursor": first,
        },
        "links": {
            "prev": call.here(**{**here, "page[before]": first}) if precedes else None,
            "next": call.here(**{**here, "page[after]": last}) if follows else None,
        },
    }


def _page_size(call: Call, largest: int) -> int:
    given = call.param("page[size]").strip()
    if not given:
        return min(PAGE_SIZE, largest)
    if not given.isdigit() or len(given) > 9 or int(given) < 1:
        raise invalid_page("page[size]")
    return min(int(given), largest)


def _expressions(rows: QuerySet[Any], order: Order) -> list[Any]:
    pk = "-pk" if order.descending else "pk"
    if order.column in {"id", "pk"}:
        return [pk]
    head = order.column.split("__")[0]
    if head in rows.query.annotations or not rows.model._meta.get_field(head.removesuffix("_id")).null:
        return [order.key, pk]
    column = F(order.column)
    return [column.desc(nulls_last=True) if order.descending else column.asc(nulls_last=True), pk]


def _beyond(order: Order, value: Any, pk: int) -> Q:
    """Rows further than the one with this value and id; the first half lets an index help."""
    further = "lt" if order.descending else "gt"
    if order.column in {"id", "pk"}:
        return Q(**{f"pk__{further}": pk})
    return Q(**{f"{order.column}__{further}e": value}) & (
        Q(**{f"{order.column}__{further}": value}) | Q(**{f"pk__{further}": pk})
    )


def _encode(place: str, value: Any, pk: int) -> str:
    plain = {"time": value.isoformat()} if isinstance(value, datetime) else value
    return base64.urlsafe_b64encode(json.dumps([place, plain, pk]).encode()).decode().rstrip("=")


def _decode(cursor: str, place: str) -> tuple[Any, int]:
    """The value and id that the cursor names. Raises 400 for a cursor of another list or order."""
    try:
        named, plain, pk = json.loads(base64.urlsafe_b64decode((cursor + "=" * (-len(cursor) % 4)).encode()))
        value = datetime.fromisoformat(plain["time"]) if isinstance(plain, dict) else plain
        if (
            named != place
            or not isinstance(pk, int)
            or abs(pk) > LARGEST_ID
            or isinstance(value, (list, dict))
        ):
            raise ValueError(named)
    except (ValueError, TypeError, KeyError, RecursionError, binascii.Error) as problem:
        raise invalid_page("page[after]", "is not a cursor of this list") from problem
    return value, pk


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
        chosen, way = _short_cursor_page(call, list(ids), noun.many)
    shown = noun.present(call, chosen)
    return {key or noun.many: shown, **side_loads(call, noun, shown), **way}


def _short_cursor_page(call: Call, ids: list[int], place: str) -> tuple[list[int], Json]:
    size, after, before = _page_size(call, PAGE_SIZE), call.param("page[after]"), call.param("page[before]")
    start, end = 0, len(ids)
    if after or before:
        _value, pk = _decode(after or before, place)
        at = ids.index(pk) if pk in ids else len(ids)
        start, end = (at + 1, len(ids)) if after else (max(0, at - size), at)
    chosen = ids[start : min(end, start + size)]
    more = bool(chosen) and ids[-1] != chosen[-1]
    first, last = (
        (_encode(place, None, chosen[0]), _encode(place, None, chosen[-1])) if chosen else (None, None)
    )
    here = {"page[after]": None, "page[before]": None}
    return chosen, {
        "meta": {"has_more": more, "after_cursor": last, "before_cursor": first},
        "links": {
            "prev": call.here(**{**here, "page[before]": first}) if chosen and start else None,
            "next": call.here(**{**here, "page[after]": last}) if more else None,
        },
    }

"""Pages by cursor: `page[size]`, `page[after]`, `page[before]`.

A cursor names the list, its order and the place in it, so one of another list is refused rather than misread.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from opora.api.wire.bodies import LARGEST_ID, Json
from opora.api.wire.call import Call
from opora.api.wire.problems import invalid_page

PAGE_SIZE = 100
LAST_PAGE = "bGFzdF9wYWdl"
"""Given as `page[before]`: the page at the end of the list, as the Help Center's clients know it."""


@dataclass(frozen=True)
class Order:
    """One column and a direction, then the id. Where the column is empty comes last."""

    column: str
    descending: bool = False
    nulls_first: bool = False

    @property
    def key(self) -> str:
        return f"{'-' if self.descending else ''}{self.column}"

    def flipped(self) -> "Order":
        """The same order from its end."""
        return Order(self.column, not self.descending, not self.nulls_first)


def cursor_page(
    call: Call, rows: QuerySet[Any], order: Order, *, largest: int = PAGE_SIZE
) -> tuple[list[int], Json]:
    """Return the ids of the page after (or before) a cursor, and `meta` and `links`."""
    size, after, before = _page_size(call, largest), call.param("page[after]"), call.param("page[before]")
    backwards = bool(before) and not after
    going = order.flipped() if backwards else order
    cursor = after or ("" if before == LAST_PAGE else before)
    name = call.request.resolver_match.kwargs.get("name", "") if call.request.resolver_match else ""
    place = f"{name.removesuffix('.json')} {order.key}"
    if cursor:
        rows = rows.filter(_beyond(rows, going, *_decode(cursor, place)))
    column = "pk" if order.column == "id" else order.column
    found = list(rows.order_by(*expressions(rows, going)).values_list(column, "pk")[: size + 1])
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
    follows = bool(found) and (not began if backwards else more)
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
    if not given.isdecimal() or len(given) > 9 or int(given) < 1:
        raise invalid_page("page[size]")
    return min(int(given), largest)


def expressions(rows: QuerySet[Any], order: Order) -> list[Any]:
    """Return what to sort by."""
    pk = "-pk" if order.descending else "pk"
    if order.column in {"id", "pk"}:
        return [pk]
    if not _can_be_empty(rows, order):
        return [order.key, pk]
    empty = {"nulls_first": True} if order.nulls_first else {"nulls_last": True}
    column = F(order.column)
    return [column.desc(**empty) if order.descending else column.asc(**empty), pk]


def _can_be_empty(rows: QuerySet[Any], order: Order) -> bool:
    head = order.column.split("__")[0]
    if head in rows.query.annotations:
        return False
    return bool(rows.model._meta.get_field(head.removesuffix("_id")).null)


def _beyond(rows: QuerySet[Any], order: Order, value: Any, pk: int) -> Q:
    """Rows further than the one with this value and id; the first half lets an index help."""
    further = "lt" if order.descending else "gt"
    if order.column in {"id", "pk"}:
        return Q(**{f"pk__{further}": pk})
    empty = Q(**{f"{order.column}__isnull": True})
    if value is None:
        rest = empty & Q(**{f"pk__{further}": pk})
        return rest | ~empty if order.nulls_first else rest
    beyond = Q(**{f"{order.column}__{further}e": value}) & (
        Q(**{f"{order.column}__{further}": value}) | Q(**{f"pk__{further}": pk})
    )
    return beyond | empty if not order.nulls_first and _can_be_empty(rows, order) else beyond


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


def short_cursor_page(call: Call, ids: list[int], place: str) -> tuple[list[int], Json]:
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

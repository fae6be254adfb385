"""Incremental exports: everything that changed since a moment, oldest change first, by time or by cursor.

A page by time ends at `end_time`; the next begins there, so what changed within that second comes again, never is
lost. A cursor names a moment and an id and loses and repeats nothing.
"""

import base64
import binascii
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun, side_loads
from opora.api.wire.problems import WireProblem, invalid_page, missing_parameter
from opora.api.wire.times import read_moment, unix
from opora.core import clock

SKEW = timedelta(seconds=60)
"""A client's clock may be ahead of ours by so much."""
_NO_CURSOR = {"undefined", "null", "None"}
"""What clients send beside a start time for a cursor that they do not have yet."""
PAGE = 1_000
"""Objects on a page, unless fewer are asked for by `per_page`."""


def since(call: Call) -> datetime:
    """Return the moment of `start_time`. Raises 400 without one, 422 for one in the future or that is none."""
    given = call.param("start_time").strip()
    if not given:
        raise missing_parameter("start_time")
    moment = read_moment(given)
    if moment is None or moment.timestamp() < 0:
        raise WireProblem(422, {"error": "InvalidValue", "description": "start_time is not a time"})
    if moment > clock.now() + SKEW:
        words = "Too recent start_time. Use a start_time older than 60 seconds"
        raise WireProblem(422, {"error": "InvalidValue", "description": words})
    return moment


def export_by_time(call: Call, noun: Noun, rows: QuerySet[Any], *, column: str = "updated_at") -> Json:
    """Return a page of what changed since `start_time`, with `end_time` and the address of the next."""
    start = since(call)
    size = _size(call)
    found = _narrow(rows.filter(**{f"{column}__gte": start}), column, size + 1)
    more, page = len(found) > size, found[:size]
    if more and unix(page[-1][0]) <= unix(start):
        page, more = _whole_second(rows, column, page, start)
    end = unix(page[-1][0]) if page else unix(start)
    shown = noun.present(call, [pk for _moment, pk in page])
    return {
        noun.many: shown,
        **side_loads(call, noun, shown),
        "count": len(shown),
        "end_of_stream": not more,
        "end_time": end,
        "next_page": call.here(start_time=end),
    }


def _whole_second(
    rows: QuerySet[Any], column: str, page: list[tuple[datetime, int]], start: datetime
) -> tuple[list[tuple[datetime, int]], bool]:
    """A page that does not leave its first second would come for ever: take that whole second, and the step after it."""
    last = page[-1]
    rest = rows.filter(**{f"{column}__gte": last[0]}).exclude(Q(**{column: last[0]}) & Q(pk__lte=last[1]))
    following = _narrow(rest, column, 20_000)
    page = page + [one for one in following if unix(one[0]) <= unix(start) + 1]
    return page, len(following) >= 20_000 or any(unix(one[0]) > unix(start) + 1 for one in following)


def export_by_cursor(call: Call, noun: Noun, rows: QuerySet[Any], *, column: str = "updated_at") -> Json:
    """Return a page of what changed since `start_time`, or after `cursor`."""
    cursor = call.param("cursor")
    if cursor and not (cursor in _NO_CURSOR and call.param("start_time")):
        moment, pk = _decode(cursor)
        rows = rows.filter(**{f"{column}__gte": moment}).filter(Q(**{f"{column}__gt": moment}) | Q(pk__gt=pk))
    else:
        moment, pk = since(call), 0
        rows = rows.filter(**{f"{column}__gte": moment})
    size = _size(call)
    found = _narrow(rows, column, size + 1)
    more, page = len(found) > size, found[:size]
    shown = noun.present(call, [row_id for _moment, row_id in page])
    after = _encode(*(page[-1] if page else (moment, pk)))
    return {
        noun.many: shown,
        **side_loads(call, noun, shown),
        "after_url": call.here(cursor=after, start_time=None),
        "after_cursor": after,
        "before_url": None,
        "before_cursor": None,
        "end_of_stream": not more,
    }


def _narrow(rows: QuerySet[Any], column: str, size: int) -> list[tuple[datetime, int]]:
    return list(rows.order_by(column, "pk").values_list(column, "pk")[:size])


def _size(call: Call) -> int:
    given = call.param("per_page").strip() or str(PAGE)
    if not given.isdecimal() or len(given) > 6 or int(given) < 1:
        raise invalid_page("per_page")
    return min(int(given), PAGE)


def _encode(moment: datetime, pk: int) -> str:
    micros = int(moment.timestamp()) * 1_000_000 + moment.microsecond
    return base64.b64encode(f"{micros}||{pk}|".encode()).decode()


def _decode(cursor: str) -> tuple[datetime, int]:
    try:
        micros, _empty, pk, _end = (
            base64.b64decode(cursor.replace(" ", "+"), validate=True).decode().split("|")
        )
        whole, rest = divmod(int(micros), 1_000_000)
        return datetime.fromtimestamp(whole, UTC).replace(microsecond=rest), min(int(pk), 2**62)
    except (ValueError, OverflowError, OSError, binascii.Error, UnicodeDecodeError) as problem:
        raise invalid_page("cursor", "is not a cursor of this export") from problem

"""Keyset pages: a page costs the same at the first row and at the millionth."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next one ("" at the end)."""

    rows: Sequence[Row]
    next_cursor: str


def keyset_page(rows: QuerySet[Row], *, order: str, size: int, cursor: str = "") -> Page[Row]:
    """Return `size` rows of `rows` sorted by `order` (a field, "-" for descending), then by id the same way.

    Rows whose field is empty come last. Raises `Invalid` for a cursor that is not one of this list.
    """
    field, descending = order.lstrip("-"), order.startswith("-")
    if cursor:
        rows = rows.filter(_after(field, descending=descending, cursor=cursor))
    found = list(rows.order_by(*_ordering(field, descending=descending))[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Page(found, encode_cursor(field, found[-1]) if more else "")


def _ordering(field: str, *, descending: bool) -> list[Any]:
    if field in {"id", "pk"}:
        return ["-id" if descending else "id"]
    expression = F(field).desc(nulls_last=True) if descending else F(field).asc(nulls_last=True)
    return [expression, "-id" if descending else "id"]


def _after(field: str, *, descending: bool, cursor: str) -> Q:
    value, last_id = decode_cursor(field, cursor)
    further = "lt" if descending else "gt"
    later_id = Q(**{f"id__{further}": last_id})
    if field in {"id", "pk"}:
        return later_id
    if value is None:
        return Q(**{f"{field}__isnull": True}) & later_id
    beyond = Q(**{f"{field}__{further}": value}) | Q(**{f"{field}__isnull": True})
    return beyond | (Q(**{field: value}) & later_id)


def encode_cursor(field: str, row: Model) -> str:
    """Return an opaque text that names `row`'s place in a list sorted by `field`."""
    value = getattr(row, field)
    kind = "time" if isinstance(value, datetime) else "plain"
    content = [field, kind, value.isoformat() if kind == "time" else value, row.pk]
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def decode_cursor(field: str, cursor: str) -> tuple[Any, int]:
    """Return the value and id that `cursor` names; raises `Invalid` if it is not a cursor of this list."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        named, kind, value, last_id = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if named != field or not isinstance(last_id, int) or isinstance(value, (list, dict)):
            raise ValueError(named)
        return (datetime.fromisoformat(value) if kind == "time" else value), last_id
    except (ValueError, TypeError, binascii.Error) as problem:
        raise Invalid(_("This list has changed. Open it again from its first page.")) from problem

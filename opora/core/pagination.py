"""Keyset pages: a page costs the same at the first row and at the millionth."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

Row = TypeVar("Row", bound=Model)
Loader = Callable[[list[int]], Iterable[Any]]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next one ("" at the end)."""

    rows: Sequence[Row]
    next_cursor: str


def keyset_page(
    rows: QuerySet[Row], *, order: Sequence[str], size: int, cursor: str = "", load: Loader | None = None
) -> Page[Row]:
    """Return `size` rows sorted by the fields of `order` ("-" for descending), then by id as the last of them.

    A field may be that of a related row: "promise__next_breach_at".

    Rows whose field is empty come last. `load` fetches the rows of these ids with their joins: without it the
    database would sort wide rows of which all but fifty are thrown away. Raises `Invalid` for a cursor of another list.
    """
    keys = _with_id(order)
    if cursor:
        rows = rows.filter(_beyond(keys, decode_cursor(keys, cursor), rows.model))
    ordered = rows.order_by(*(_expression(key, rows.model) for key in keys))[: size + 1]
    found = list(ordered) if load is None else _loaded(list(ordered.values_list("pk", flat=True)), load)
    more = len(found) > size
    found = found[:size]
    return Page(found, encode_cursor(keys, found[-1]) if more else "")


def _loaded(ids: list[int], load: Loader) -> list[Any]:
    loaded = {row.pk: row for row in load(ids)}
    return [loaded[pk] for pk in ids if pk in loaded]


def _with_id(order: Sequence[str]) -> list[str]:
    keys = [key for key in order if key.lstrip("-") not in {"id", "pk"}]
    last = order[-1] if order else "id"
    return [*keys, "-id" if last.startswith("-") else "id"]


def _expression(key: str, model: type[Model]) -> Any:
    """A sort expression; "empty last" is said only of fields that can be empty, for it keeps an index from helping."""
    field, descending = key.lstrip("-"), key.startswith("-")
    if not _can_be_empty(model, field):
        return key
    return F(field).desc(nulls_last=True) if descending else F(field).asc(nulls_last=True)


def _beyond(keys: list[str], values: list[Any], model: type[Model]) -> Q:
    """Rows after the one with these values: further in the first field, or equal there and further in the next."""
    beyond, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        field = key.lstrip("-")
        can_be_empty = _can_be_empty(model, field)
        further = "lt" if key.startswith("-") else "gt"
        if value is None:
            equal &= Q(**{f"{field}__isnull": True})
            continue
        step = Q(**{f"{field}__{further}": value})
        if can_be_empty:
            step |= Q(**{f"{field}__isnull": True})
        beyond |= equal & step
        equal &= Q(**{field: value})
    return beyond


def _can_be_empty(model: type[Model], field: str) -> bool:
    """A column of a related row can be empty, for there may be no such row."""
    return "__" in field or bool(model._meta.get_field(field.removesuffix("_id")).null)


def _value(row: Any, field: str) -> Any:
    """Return what the row, or a row related to it, has in the field; None where there is no such row."""
    for step in field.split("__"):
        row = getattr(row, step, None)
    return row


def encode_cursor(keys: list[str], row: Model) -> str:
    """Return an opaque text that names `row`'s place in a list sorted by `keys`."""
    values = [_value(row, key.lstrip("-")) for key in keys]
    plain = [{"time": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps([keys, plain]).encode()).decode().rstrip("=")


def decode_cursor(keys: list[str], cursor: str) -> list[Any]:
    """Return the values that `cursor` names; raises `Invalid` if it is not a cursor of a list sorted by `keys`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        named, plain = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if named != keys or len(plain) != len(keys) or not isinstance(plain[-1], int):
            raise ValueError(named)
        return [
            datetime.fromisoformat(value["time"]) if isinstance(value, dict) else value for value in plain
        ]
    except (ValueError, TypeError, KeyError, binascii.Error) as problem:
        raise Invalid(_("This list has changed. Open it again from its first page.")) from problem

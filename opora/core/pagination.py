"""Keyset pages: a page costs the same at the first row and at the millionth."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
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
    values = decode_cursor(keys, cursor) if cursor else None
    if values is not None:
        rows = rows.filter(_beyond(keys, values, rows.model))
    if _is_of_own_row(keys[0], rows.model):
        ids = _filled_then_empty(rows, keys, size, values)
        return _page(
            ids, keys, size, load or (lambda found: rows.model._default_manager.filter(pk__in=found))
        )
    ordered = rows.order_by(*(_expression(key, rows.model) for key in keys))[: size + 1]
    found = list(ordered if load is None else ordered.values_list("pk", flat=True))
    return _page(found, keys, size, load)


def _page(found: list[Any], keys: list[str], size: int, load: Loader | None) -> Page[Any]:
    """Return the page of the rows found, or of their ids where they are still to be loaded."""
    shown = found[:size] if load is None else _loaded(found[:size], load)
    more = len(found) > size and bool(shown)
    return Page(shown, encode_cursor(keys, shown[-1]) if more else "")


def _filled_then_empty(
    rows: QuerySet[Any], keys: list[str], size: int, values: list[Any] | None
) -> list[int]:
    """Return the ids of a page by a column of a related row: the rows that have a value, then those that have none.

    In one query "empty last" and the rows without a related one would keep the related table's index from giving the
    order, and a million rows would be sorted for fifty.
    """
    first, is_down = keys[0].lstrip("-"), keys[0].startswith("-")
    ids: list[int] = []
    if values is None or values[0] is not None:
        filled = rows.filter(**{f"{first}__isnull": False})
        if values is not None:
            filled = filled.filter(**{f"{first}__{'lte' if is_down else 'gte'}": values[0]})
        # The related row's id is the same as the row's, and stands in the related table's index.
        same_id = f"{'-' if keys[-1].startswith('-') else ''}{first.partition('__')[0]}__pk"
        ids = list(filled.order_by(*keys[:-1], same_id).values_list("pk", flat=True)[: size + 1])
    if len(ids) <= size:
        empty = rows.filter(**{f"{first}__isnull": True})
        rest = empty.order_by(*(_expression(key, rows.model) for key in keys[1:])).values_list(
            "pk", flat=True
        )
        ids += list(rest[: size + 1 - len(ids)])
    return ids


def _is_of_own_row(key: str, model: type[Model]) -> bool:
    """Whether the first field is a column of a row that has the id of the row itself."""
    related, _dots, column = key.lstrip("-").rpartition("__")
    if not related or "__" in related or not column:
        return False
    found: Any = model._meta.get_field(related).related_model
    return getattr(found._meta.pk, "related_model", None) is model


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
    plain = [_plain(value) for value in values]
    return base64.urlsafe_b64encode(json.dumps([keys, plain]).encode()).decode().rstrip("=")


def decode_cursor(keys: list[str], cursor: str) -> list[Any]:
    """Return the values that `cursor` names; raises `Invalid` if it is not a cursor of a list sorted by `keys`."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        named, plain = json.loads(base64.urlsafe_b64decode(padded.encode()))
        if named != keys or len(plain) != len(keys) or not isinstance(plain[-1], int):
            raise ValueError(named)
        return [_told(value) for value in plain]
    except (ValueError, TypeError, KeyError, binascii.Error) as problem:
        raise Invalid(_("This list has changed. Open it again from its first page.")) from problem


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"time": value.isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _told(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return date.fromisoformat(value["day"]) if "day" in value else datetime.fromisoformat(value["time"])

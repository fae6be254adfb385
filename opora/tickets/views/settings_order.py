"""Putting the rows of a list in order: one moved a place up or down, or all as they were dragged."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model
from django.http import QueryDict
from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

Row = TypeVar("Row", bound=Model)


def moved(rows: Iterable[Row], given: QueryDict) -> list[Row]:
    """Return the rows as asked: in the places of `order`, or with that of `up` or `down` one place further.

    At the ends a row stays. Raises `Invalid` when the list is not the one that was shown.
    """
    ordered = list(rows)
    if "order" in given:
        return _arranged(ordered, given.getlist("order"))
    step = -1 if "up" in given else 1
    place = next((place for place, row in enumerate(ordered) if str(row.pk) == asked_row(given)), None)
    if place is None:
        raise _changed()
    row = ordered.pop(place)
    ordered.insert(min(max(place + step, 0), len(ordered)), row)
    return ordered


def asked_row(given: QueryDict) -> str:
    """Return the id of the row that moves, as it was sent; of a new order the first."""
    return given.get("up") or given.get("down") or next(iter(given.getlist("order")), "")


def _arranged(rows: list[Row], wanted: list[str]) -> list[Row]:
    by_id = {str(row.pk): row for row in rows}
    if set(wanted) != set(by_id) or len(wanted) != len(rows):
        raise _changed()
    return [by_id[one] for one in wanted]


def _changed() -> Invalid:
    return Invalid(_("This list has changed. Open it again."))

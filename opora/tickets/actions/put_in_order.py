"""Rows of a list get their places."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from opora.events.actor import ActsAsActor
from opora.events.recording import update

Row = TypeVar("Row")


def put_in_order(rows: Sequence[Row], *, save: Callable[..., Any], by: ActsAsActor) -> None:
    """Number the rows as they come; those whose place changes are saved by `save`, the action of their kind."""
    with update(by):
        for place, row in enumerate(rows):
            if row.position != place:  # type: ignore[attr-defined]
                save(row, by=by, position=place)

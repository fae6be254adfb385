"""What the API speaks of: each noun knows its names, its rows for whoever asks, and how rows become JSON."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.problems import not_found

Present = Callable[[Call, Sequence[int]], list[Json]]
Beside = Callable[[Call, Sequence[Json]], Any]


@dataclass(frozen=True)
class Noun:
    """A kind of object.

    `rows` are those that lists show to the caller, `known` those that can be shown by id (deleted ones too, where the
    wire has them); both without columns that presenting does not need. `present` makes JSON of ids, in their order,
    in a constant number of queries. `orders` names the orders of lists by the words of the wire; the first is the
    usual one. `references` says which attributes name other objects, by the name under which `include` asks for them;
    `beside` makes what is included otherwise, from the presented objects.
    """

    one: str
    many: str
    path: str
    rows: Callable[[Call], QuerySet[Any]]
    present: Present
    known: Callable[[Call], QuerySet[Any]] | None = None
    orders: Mapping[str, str] = field(default_factory=lambda: {"id": "id"})
    references: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: Mapping[str, Beside] = field(default_factory=dict)

    def __post_init__(self) -> None:
        NOUNS[self.many] = self

    def find(self, call: Call, row_id: int) -> Any:
        """Return the row of this id. Raises 404 when there is none that the caller may know of."""
        row = (self.known or self.rows)(call).filter(pk=row_id).first()
        if row is None:
            raise not_found()
        return row


NOUNS: dict[str, Noun] = {}
"""Every noun by the name of its lists."""


def present_rows(
    load: Callable[[Call, Sequence[int]], Iterable[Model]], one: Callable[[Call, Any], Json]
) -> Present:
    """Return a way to present ids: load the rows in one go, then make JSON of each."""

    def present(call: Call, ids: Sequence[int]) -> list[Json]:
        rows = {row.pk: row for row in load(call, ids)}
        return [one(call, rows[row_id]) for row_id in ids if row_id in rows]

    return present


def side_loads(call: Call, noun: Noun, presented: Sequence[Json]) -> Json:
    """Return what `include` puts beside the objects: every other object that they name, once, and what is made of them."""
    found: Json = {}
    for name in call.include & noun.references.keys():
        ids: dict[int, None] = {}
        for attribute in noun.references[name]:
            for shown in presented:
                value = shown.get(attribute)
                ids.update(dict.fromkeys(value if isinstance(value, list) else [value] if value else []))
        found[name] = NOUNS[name].present(call, list(ids))
    for name in call.include & noun.beside.keys():
        found[name] = noun.beside[name](call, presented)
    return found

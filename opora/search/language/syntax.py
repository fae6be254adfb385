"""What a typed search says, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from opora.search.query import Not, Phrase, TextQuery, Words

__all__ = [
    "Field",
    "Fields",
    "Filter",
    "Not",
    "Number",
    "Order",
    "Phrase",
    "SearchQuery",
    "TextQuery",
    "Value",
    "Words",
]


@dataclass(frozen=True)
class Value:
    """What stands after the operator. `wildcard` was written as a `*` at its end, `quoted` with quotes around."""

    text: str
    wildcard: bool = False
    quoted: bool = False

    @property
    def is_any(self) -> bool:
        """Any value at all: `assignee:*`."""
        return self.wildcard and not self.text

    @property
    def is_none(self) -> bool:
        """No value: `assignee:none`."""
        return self.text.casefold() == "none" and not self.quoted and not self.wildcard

    @property
    def is_me(self) -> bool:
        """The person who searches: `assignee:me`."""
        return self.text.casefold() == "me" and not self.quoted and not self.wildcard


@dataclass(frozen=True)
class Filter:
    """A condition on a field, which holds when one of `values` does; negated, when none does.

    `operator` is one of `:` `<` `>` `<=` `>=`; all but the first have exactly one value.
    """

    field: str
    operator: str
    values: tuple[Value, ...]
    negated: bool = False


@dataclass(frozen=True)
class Number:
    """`#123`: the ticket with this number."""

    id: int


@dataclass(frozen=True)
class Order:
    """The order asked for by `order_by:` and `sort:`."""

    field: str
    descending: bool = True


@dataclass(frozen=True)
class Field:
    """A field that may be searched.

    `name` is what filters carry. `text` makes it part of the text query instead: "title" or "body". `date` makes
    the parser complain of what is no moment. `ordered` allows `<` and `>`.
    """

    name: str
    text: str = ""
    date: bool = False
    ordered: bool = False


@dataclass(frozen=True)
class Fields:
    """The fields the caller knows, by the names people write, aliases included.

    A name that begins with one of `prefixes` is known too (`custom_field_`). `types` are the values of `type:`,
    `orders` those of `order_by:`; empty ones accept everything.
    """

    known: Mapping[str, Field]
    prefixes: tuple[str, ...] = ()
    types: frozenset[str] = frozenset()
    orders: frozenset[str] = frozenset()

    def get(self, name: str) -> Field | None:
        """Return the field people mean by `name`, a folded word."""
        if name in self.known:
            return self.known[name]
        prefixed = any(name.startswith(prefix) and len(name) > len(prefix) for prefix in self.prefixes)
        return Field(name, ordered=True) if prefixed else None


@dataclass(frozen=True)
class SearchQuery:
    """A whole search. All of it must hold; `problems` are sentences for the person who typed it."""

    text: TextQuery = field(default_factory=TextQuery)
    filters: tuple[Filter, ...] = ()
    numbers: tuple[Number, ...] = ()
    order: Order | None = None
    types: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

"""What most nouns offer alike: their list, one of them, how many there are, several by id."""

from collections.abc import Callable
from typing import Any

from opora.api.wire.answers import one_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.paging import list_of, tally, whole_list
from opora.api.wire.problems import missing_parameter
from opora.api.wire.routing import operation
from opora.api.wire.times import offset_stamp
from opora.core import clock


def offer_list(noun: Noun, **options: Any) -> None:
    """Offer the noun's rows as a list."""

    def show_list(call: Call) -> Json:
        return list_of(call, noun, noun.rows(call))

    _declare("GET", noun.path, show_list, f"List {_words(noun.many)}.", options)


def offer_one(noun: Noun, **options: Any) -> None:
    """Offer one object by its id."""

    def show_one(call: Call, **arguments: int) -> Json:
        return one_of(call, noun, noun.find(call, arguments[f"{noun.one}_id"]).pk)

    path = f"{noun.path}/{{{noun.one}_id}}"
    _declare("GET", path, show_one, f"Show one {_words(noun.one)}.", options)


def offer_count(noun: Noun, **options: Any) -> None:
    """Offer how many there are."""

    def count_rows(call: Call) -> Json:
        return counted(tally(noun.rows(call)))

    _declare("GET", f"{noun.path}/count", count_rows, f"Count {_words(noun.many)}.", options)


def offer_show_many(noun: Noun, **options: Any) -> None:
    """Offer several objects by their ids; those that are not there are left out."""

    def show_several(call: Call) -> Json:
        ids = call.ids()
        known = set((noun.known or noun.rows)(call).filter(pk__in=ids).values_list("pk", flat=True))
        return whole_list(call, noun, [pk for pk in dict.fromkeys(ids) if pk in known])

    _declare(
        "GET", f"{noun.path}/show_many", show_several, f"Show several {_words(noun.many)} by id.", options
    )


def counted(value: int) -> Json:
    """Return a count as the wire says it."""
    return {"count": {"value": value, "refreshed_at": offset_stamp(clock.now())}}


def required(call: Call, name: str) -> str:
    """Return a query parameter that must be there. Raises 400 without it."""
    value = call.param(name).strip()
    if not value:
        raise missing_parameter(name)
    return value


def _declare(method: str, path: str, run: Callable[..., Any], words: str, options: dict[str, Any]) -> None:
    run.__doc__ = words
    operation(method, path, **options)(run)


def _words(name: str) -> str:
    return name.replace("_", " ")

"""How our own nouns are offered: as those of the Support API are, with the shape of every answer declared."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.db.models import QuerySet

from opora.api.actions.remember import remembered
from opora.api.wire.answers import Answer, changed, one_of
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.paging import list_of
from opora.api.wire.routing import operation
from opora.api.wire.shapes import Shape, declare_shape, reference, shown

Load = Callable[[Call, Sequence[int]], Iterable[Any]]
_NULL_TEXT = {"type": "string", "nullable": True}
_WAY_ON = {
    "count": {"type": "integer"}, "next_page": _NULL_TEXT, "previous_page": _NULL_TEXT,
    "meta": {"type": "object", "properties": {"has_more": {"type": "boolean"}, "after_cursor": _NULL_TEXT, "before_cursor": _NULL_TEXT}},
    "links": {"type": "object", "properties": {"next": _NULL_TEXT, "prev": _NULL_TEXT}},
}  # fmt: skip


def own_noun(
    one: str, *, rows: Callable[[Call], QuerySet[Any]], load: Load, shape: Shape, path: str = "", **more: Any
) -> Noun:
    """Declare a noun by its shape. With a `path` each object says its own address as `url`.

    `load` brings the rows of ids with all that the shape reads, in a constant number of queries; `more` is as `Noun`
    has it: many, orders, references, known.
    """
    declare_shape(_name(one), shape)

    def present(call: Call, ids: Sequence[int]) -> list[Json]:
        found = {row.pk: row for row in load(call, ids)}
        return [
            {**({"url": call.own_url(f"{path}/{pk}")} if path else {}), **shown(found[pk], shape)}
            for pk in ids
            if pk in found
        ]

    return Noun(one, more.pop("many", f"{one}s"), path, rows, present, **more)


def own(method: str, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Offer the function under `/api/v1/`. What is created with an `Idempotency-Key` is created once."""

    def declare(run: Callable[..., Any]) -> Callable[..., Any]:
        made = _once(run) if method == "POST" and options.get("in_update", True) else run
        operation(method, path, version="v1", **options)(made)
        return run

    return declare


def own_list(noun: Noun, path: str = "", *, who: str = "colleagues", order: str = "") -> None:
    """Offer the noun's rows as a list."""

    def show_list(call: Call) -> Json:
        return list_of(call, noun, noun.rows(call), order=order)

    show_list.__doc__ = f"List {noun.many.replace('_', ' ')}."
    own("GET", path or noun.path, answers=listed(noun), who=who)(show_list)


def own_one(noun: Noun, *, who: str = "colleagues") -> None:
    """Offer one object by its id."""

    def show_one(call: Call, **arguments: int) -> Json:
        return one_of(call, noun, noun.find(call, arguments[f"{noun.one}_id"]).pk)

    show_one.__doc__ = f"Show one {noun.one.replace('_', ' ')}."
    own("GET", f"{noun.path}/{{{noun.one}_id}}", answers=single(noun), who=who)(show_one)


def single(noun: Noun) -> Json:
    """Return the schema of one object under its name."""
    return answer_of({noun.one: reference(_name(noun.one))})


def listed(noun: Noun, *, key: str = "") -> Json:
    """Return the schema of a page of objects."""
    items = {"type": "array", "items": reference(_name(noun.one))}
    return {**answer_of({key or noun.many: items}, _WAY_ON)}


def answer_of(required: Mapping[str, Any], more: Mapping[str, Any] | None = None) -> Json:
    """Return the schema of an object with these attributes, and perhaps those of `more`."""
    return {"type": "object", "required": list(required), "properties": {**required, **(more or {})}}


def made(call: Call, noun: Noun, row_id: int) -> Answer:
    """Return what answers a creation: 201, the object, and its address where it has one."""
    at = {"Location": call.own_url(f"{noun.path}/{row_id}")} if noun.path else {}
    return Answer(changed(call, noun, row_id), 201, at)


def _once(run: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(run)
    def run_once(call: Call, **arguments: Any) -> Answer:
        return remembered(call, lambda: run(call, **arguments))

    return run_once


def _name(one: str) -> str:
    return f"v1.{one}"

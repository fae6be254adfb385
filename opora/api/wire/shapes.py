"""Shapes of objects: each attribute with its schema and where its value comes from, so that both are said once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from opora.api.wire.bodies import Json, Kind
from opora.api.wire.problems import invalid_record
from opora.api.wire.times import stamp

Read = Callable[[Any], Any]
Source = str | Read
"""A dotted name of the row's attribute, or a function of the row."""
SHAPES: dict[str, Json] = {}
"""The schema of each shape by its name in the description."""


@dataclass(frozen=True)
class Attribute:
    """One attribute of an object: its OpenAPI schema, and how it is read from a row."""

    schema: Mapping[str, Any]
    read: Read


Shape = Mapping[str, Attribute]


def declare_shape(name: str, shape: Shape) -> Json:
    """Remember the schema under its name; returns the reference to it."""
    SHAPES[name] = {
        "type": "object",
        "required": list(shape),
        "properties": {attribute: dict(one.schema) for attribute, one in shape.items()},
    }
    return reference(name)


def reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def shown(row: Any, shape: Shape) -> Json:
    """Return the row as the shape says."""
    return {name: attribute.read(row) for name, attribute in shape.items()}


def number(source: Source, *, empty: bool = False) -> Attribute:
    """A whole number, such as an id."""
    return Attribute(_schema("integer", empty), _read(source))


def fraction(source: Source, *, empty: bool = False) -> Attribute:
    return Attribute(_schema("number", empty), _read(source))


def words(source: Source, *, empty: bool = False) -> Attribute:
    return Attribute(_schema("string", empty), _read(source))


def flag(source: Source) -> Attribute:
    return Attribute({"type": "boolean"}, _read(source))


def moment(source: Source, *, empty: bool = False) -> Attribute:
    """An instant, in UTC to the second."""
    read = _read(source)
    return Attribute(_schema("string", empty, format="date-time"), lambda row: stamp(read(row)))


def one_of(source: Source, choices: Any, *, empty: bool = False) -> Attribute:
    """One of the words of a Django enumeration; "" too where it may be empty."""
    allowed = [*choices.values, ""] if empty else list(choices.values)
    return Attribute({"type": "string", "enum": allowed}, _read(source))


def many(source: Source, items: Mapping[str, Any]) -> Attribute:
    """A list, each of its items of this schema."""
    read = _read(source)
    return Attribute({"type": "array", "items": dict(items)}, lambda row: list(read(row)))


def free(source: Source, schema: Mapping[str, Any] | None = None) -> Attribute:
    """Whatever the row has there."""
    return Attribute(schema or {"type": "object"}, _read(source))


def bounded(low: int, high: int) -> Kind:
    """A whole number of a body between two bounds."""

    def read(name: str, value: Any) -> int:
        if isinstance(value, (bool, dict, list)):
            raise invalid_record(name, "must be a whole number")
        try:
            found = int(value)
        except (TypeError, ValueError, OverflowError) as problem:
            raise invalid_record(name, "must be a whole number") from problem
        if not low <= found <= high:
            raise invalid_record(name, f"must be between {low} and {high}")
        return found

    return Kind(read, {"type": "integer", "minimum": low, "maximum": high, "nullable": True})


def chosen(choices: Any) -> Kind:
    """One of the words of a Django enumeration, in a body."""

    def read(name: str, value: Any) -> Any:
        if not isinstance(value, str) or value not in choices.values:
            raise invalid_record(name, f"must be one of {', '.join(map(str, choices.values))}")
        return choices(value)

    return Kind(read, {"type": "string", "enum": list(choices.values), "nullable": True})


def given_fields(given: Json, names: Mapping[str, str], *, keep_empty: Sequence[str] = ()) -> Json:
    """Return what a body gives as an action's fields: `names` from the wire's words to the model's.

    Null leaves a field as it is, but for those of `keep_empty`, which it empties.
    """
    return {
        field: given[name]
        for name, field in names.items()
        if name in given and (given[name] is not None or name in keep_empty)
    }


def _schema(kind: str, empty: bool, **more: Any) -> Json:
    return {"type": kind, **more, **({"nullable": True} if empty else {})}


def _read(source: Source) -> Read:
    return attrgetter(source) if isinstance(source, str) else source

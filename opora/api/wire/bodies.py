"""Request bodies: which attributes an object takes, of which type. Unknown ones are ignored and named in a header."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from opora.api.wire.problems import invalid_attribute, invalid_record, missing_parameter
from opora.api.wire.times import read_moment

LARGEST_ID = 2**63 - 1
Json = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A type of attributes: how it reads JSON (None passes where it may be empty), and its OpenAPI schema."""

    read: Callable[[str, Any], Any]
    schema: Mapping[str, Any]
    empty: bool = True


@dataclass(frozen=True)
class Body:
    """An object that a request carries under `name`: its attributes by name, each with its kind."""

    name: str
    attributes: Mapping[str, Kind]
    required: tuple[str, ...] = ()


def read_attributes(given: Any, body: Body) -> tuple[Json, list[str]]:
    """Return the known attributes with values of their kinds, and the names of those that are ignored.

    Raises 400 for what is not an object or an attribute of another type.
    """
    if not isinstance(given, dict):
        raise invalid_attribute(body.name, "must be an object")
    known: Json = {}
    for name in body.attributes.keys() & given.keys():
        known[name] = _read_one(name, given[name], body.attributes[name])
    return known, sorted(given.keys() - body.attributes.keys())


def _read_one(name: str, value: Any, kind: Kind) -> Any:
    if value is None:
        if not kind.empty:
            raise invalid_attribute(name, "must not be null")
        return None
    return kind.read(name, value)


def require_text(given: Json, name: str) -> str:
    """Return the text of an attribute that must not be blank. Raises 422 `BlankValue`."""
    text = str(given.get(name) or "").strip()
    if not text:
        raise invalid_record(name, "cannot be blank", "BlankValue")
    return text


def unwrap(body: Any, name: str) -> Any:
    """Return what the body carries under `name`. Raises 400 when there is nothing."""
    if not isinstance(body, dict) or name not in body:
        raise missing_parameter(name)
    return body[name]


def unwrap_list(body: Any, name: str) -> list[Any]:
    found = unwrap(body, name)
    if not isinstance(found, list):
        raise invalid_attribute(name, "must be an array")
    return found


def _text(longest: int) -> Callable[[str, Any], str]:
    def read(name: str, value: Any) -> str:
        if isinstance(value, (dict, list)):
            raise invalid_attribute(name, "must be a string")
        text = ("true" if value else "false") if isinstance(value, bool) else str(value)
        if len(text) > longest:
            raise invalid_record(name, f"is too long (maximum is {longest} characters)", "ValueTooLong")
        return text

    return read


def _whole(name: str, value: Any) -> int | None:
    if isinstance(value, str) and not value.strip():
        return None
    if isinstance(value, (bool, dict, list)):
        raise invalid_attribute(name, "must be an integer")
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError) as problem:
        raise invalid_attribute(name, "must be an integer") from problem
    if not -LARGEST_ID <= number <= LARGEST_ID:
        raise invalid_attribute(name, "must be an integer")
    return number


def _flag(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in {"true", "1"}:
        return True
    if str(value).lower() in {"false", "0", ""}:
        return False
    raise invalid_attribute(name, "must be a boolean")


def _moment(name: str, value: Any) -> Any:
    if value == "":
        return None
    moment = read_moment(value) if isinstance(value, (str, int, float)) else None
    if moment is None:
        raise invalid_record(name, "is not a valid date", "InvalidFormat")
    return moment


def _object(name: str, value: Any) -> Json:
    if not isinstance(value, dict):
        raise invalid_attribute(name, "must be an object")
    return value


def _texts(name: str, value: Any) -> list[str]:
    if isinstance(value, str):
        return value.replace(",", " ").split()
    if not isinstance(value, list):
        raise invalid_attribute(name, "must be an array")
    return [_text(65_535)(name, item) for item in value if item is not None]


def _ids(name: str, value: Any) -> list[int]:
    if isinstance(value, str):
        value = [part for part in value.split(",") if part.strip()]
    if not isinstance(value, list):
        raise invalid_attribute(name, "must be an array")
    return [number for number in (_whole(name, item) for item in value) if number is not None]


def _objects(name: str, value: Any) -> list[Json]:
    if isinstance(value, dict):
        return [_object(name, item) for item in value.values()]
    if not isinstance(value, list):
        raise invalid_attribute(name, "must be an array")
    return [_object(name, item) for item in value]


def _anything(name: str, value: Any) -> Any:
    return value


def text(longest: int = 255) -> Kind:
    """Text of at most so many characters."""
    return Kind(_text(longest), {"type": "string", "nullable": True, "maxLength": longest})


TEXT = text()
LONG_TEXT = text(65_535)
WHOLE = Kind(_whole, {"type": "integer", "nullable": True})
FLAG = Kind(_flag, {"type": "boolean", "nullable": True})
MOMENT = Kind(_moment, {"type": "string", "format": "date-time", "nullable": True})
OBJECT = Kind(_object, {"type": "object", "nullable": True})
TEXTS = Kind(_texts, {"type": "array", "items": {"type": "string"}, "nullable": True})
IDS = Kind(_ids, {"type": "array", "items": {"type": "integer"}, "nullable": True})
OBJECTS = Kind(_objects, {"type": "array", "items": {"type": "object"}, "nullable": True})
ANY = Kind(_anything, {})

"""A fact: one typed, frozen, past-tense thing that happened to one subject."""

import dataclasses
import typing
from datetime import date, datetime
from functools import cache
from typing import Any, ClassVar, TypeVar

from opora.events.registry import register_fact

Body = dict[str, Any]
FactType = TypeVar("FactType", bound=type["Fact"])


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fact:
    """The base of every event. A subclass states its fields, its sentence, and what in it is personal."""

    kind: ClassVar[str] = ""
    subject_kind: ClassVar[str] = ""
    personal: ClassVar[tuple[str, ...]] = ()
    """Names of fields that an erasure of personal data empties."""

    def sentence(self) -> str:
        """Say in the reader's language what happened, as the end of "<Actor> …"."""
        raise NotImplementedError(f"{type(self).__name__} needs a sentence().")

    @classmethod
    def link(cls, subject_id: int) -> str:
        """Return the path of the page where the subject can be seen, or ""."""
        return ""

    def explanation(self, subject_id: int, event_id: int) -> str:
        """Return the path of the page that says why this came about, or ""."""
        return ""


@typing.dataclass_transform(kw_only_default=True, frozen_default=True)
def event(kind: str) -> typing.Callable[[FactType], FactType]:
    """Declare a fact under `kind`, written `subject.happened`: `@event("ticket.solved")`."""

    def declare(cls: FactType) -> FactType:
        if not cls.__doc__ or cls.__doc__.startswith(f"{cls.__name__}("):
            raise TypeError(f"{cls.__name__} needs a docstring that says when it is recorded.")
        cls.kind = kind
        cls.subject_kind = kind.partition(".")[0]
        frozen = dataclasses.dataclass(frozen=True, kw_only=True)(cls)
        register_fact(frozen)
        return frozen  # type: ignore[return-value]

    return declare


def to_body(fact: Fact) -> Body:
    """Return the fields of `fact` as JSON values; fields at their default are left out, to keep the log small."""
    body = {}
    for field in dataclasses.fields(fact):
        value = getattr(fact, field.name)
        if field.default is not dataclasses.MISSING and value == field.default:
            continue
        body[field.name] = value.isoformat() if isinstance(value, (datetime, date)) else value
    return body


def from_body(cls: type[Fact], body: Body) -> Fact:
    """Return the fact that `to_body` wrote. Fields that a later version dropped are ignored."""
    known = _converters(cls)  # type: ignore[arg-type]
    return cls(**{name: known[name](value) for name, value in body.items() if name in known})


@cache
def _converters(cls: Any) -> dict[str, typing.Callable[[Any], Any]]:
    hints = typing.get_type_hints(cls)
    return {field.name: _converter(hints[field.name]) for field in dataclasses.fields(cls)}


def _converter(hint: Any) -> typing.Callable[[Any], Any]:
    options = typing.get_args(hint) or (hint,)
    if datetime in options:
        return lambda value: datetime.fromisoformat(value) if value else None
    if date in options:
        return lambda value: date.fromisoformat(value) if value else None
    if typing.get_origin(hint) is tuple:
        return tuple
    return lambda value: value

"""What was read from tables that seldom change, kept by the process for as long as they have not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connection
from django.db.models import Model

T = TypeVar("T")
Column = tuple[type[Model], str]
Stamp = tuple[Any, ...]
_looked: ContextVar[dict["Remembered[Any]", Stamp] | None] = ContextVar("opora_stamps", default=None)


class Remembered(Generic[T]):
    """One thing made out of tables. Asking for it costs one small query while they are as they were.

    `columns` are what a change of the tables shows in: (model, column) pairs, such as a key that only grows and the
    moment of saving. A change that alters neither the number of rows nor the greatest value of a column goes unseen.
    """

    _all: ClassVar[list["Remembered[Any]"]] = []

    def __init__(self, *columns: Column) -> None:
        self._columns = columns
        self._kept: tuple[Stamp, T] | None = None
        self._all.append(self)

    def get(self, make: Callable[[], T]) -> T:
        """Return what is kept, or what `make` makes of the tables as they are now."""
        stamp = self._stamp()
        if self._kept is None or self._kept[0] != stamp:
            self._kept = stamp, make()
        return self._kept[1]

    def _stamp(self) -> Stamp:
        looked = _looked.get()
        if looked is None:
            return stamp_of(*self._columns)
        if self not in looked:
            looked.update(_stamps_of(self._all))
        return looked[self]

    @classmethod
    def forget_all(cls) -> None:
        """Forget everything: rolled back tables may come to the same stamp twice, as they do between tests."""
        for one in cls._all:
            one._kept = None


@contextmanager
def looking_once() -> Iterator[None]:
    """Inside, the tables of everything that is remembered are looked at together, once, when the first is asked for."""
    token = _looked.set({}) if _looked.get() is None else None
    try:
        yield
    finally:
        if token:
            _looked.reset(token)


def look_again() -> None:
    """Settings may have changed here: whoever asks next looks at the tables."""
    looked = _looked.get()
    if looked:
        looked.clear()


def _stamps_of(remembered: list[Remembered[Any]]) -> dict[Remembered[Any], Stamp]:
    columns = tuple(dict.fromkeys(column for one in remembered for column in one._columns))
    tables = dict.fromkeys(model for model, _name in columns)
    answers = dict(zip((*tables, *columns), stamp_of(*columns), strict=True))
    return {
        one: tuple(answers[key] for key in (*dict.fromkeys(m for m, _n in one._columns), *one._columns))
        for one in remembered
    }


def stamp_of(*columns: Column) -> Stamp:
    """Return the number of rows of each table and the greatest value of each column, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_question(columns, connection.vendor))
        return tuple(cursor.fetchone())


@cache
def _question(columns: tuple[Column, ...], _vendor: str) -> str:
    quoted = connection.ops.quote_name
    tables = dict.fromkeys(quoted(model._meta.db_table) for model, _name in columns)
    greatest = [
        f"(SELECT MAX({quoted(name)}) FROM {quoted(model._meta.db_table)})"  # noqa: S608 - names of our own tables
        for model, name in columns
    ]
    return "SELECT " + ", ".join([*(f"(SELECT COUNT(*) FROM {table})" for table in tables), *greatest])  # noqa: S608

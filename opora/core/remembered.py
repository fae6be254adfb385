"""What was read from tables that seldom change, kept by the process for as long as they have not."""

from collections.abc import Callable
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connection
from django.db.models import Model

T = TypeVar("T")
Column = tuple[type[Model], str]
Stamp = tuple[Any, ...]


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
        stamp = stamp_of(*self._columns)
        if self._kept is None or self._kept[0] != stamp:
            self._kept = stamp, make()
        return self._kept[1]

    @classmethod
    def forget_all(cls) -> None:
        """Forget everything: rolled back tables may come to the same stamp twice, as they do between tests."""
        for one in cls._all:
            one._kept = None


def stamp_of(*columns: Column) -> Stamp:
    """Return the number of rows of each table and the greatest value of each column, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_question(columns, connection.vendor))
        return tuple(cursor.fetchone())


def has_rows(model: type[Model]) -> bool:
    """Whether the table holds anything. Cheap enough to be asked for every fact: the question is written once."""
    with connection.cursor() as cursor:
        cursor.execute(_whether_any(model, connection.vendor))
        return bool(cursor.fetchone()[0])


@cache
def _whether_any(model: type[Model], _vendor: str) -> str:
    return f"SELECT EXISTS (SELECT 1 FROM {connection.ops.quote_name(model._meta.db_table)})"  # noqa: S608 - our own table


@cache
def _question(columns: tuple[Column, ...], _vendor: str) -> str:
    quoted = connection.ops.quote_name
    tables = dict.fromkeys(quoted(model._meta.db_table) for model, _name in columns)
    greatest = [
        f"(SELECT MAX({quoted(name)}) FROM {quoted(model._meta.db_table)})"  # noqa: S608 - names of our own tables
        for model, name in columns
    ]
    return "SELECT " + ", ".join([*(f"(SELECT COUNT(*) FROM {table})" for table in tables), *greatest])  # noqa: S608

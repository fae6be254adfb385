"""Queries that are asked on every page, compiled once: from then on only their values change.

Django builds and compiles a query anew each time it is asked, which costs several times what the database does with it.
A prepared query is a function that makes a QuerySet of its arguments; it runs once for each database and is remembered
as SQL. What comes back is a list of the same objects, related ones and prefetched ones included.

>>> @prepared
... def values_of(ticket_id: int) -> QuerySet[FieldValue]:
...     return FieldValue.objects.filter(ticket_id=ticket_id).order_by("id")
>>> values_of(17)
[<FieldValue>, ...]
"""

import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, update_wrapper
from itertools import count
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import AutoField, BigAutoField, Field, Model, QuerySet
from django.db.models.sql import InsertQuery, Query
from django.db.models.sql.compiler import SQLCompiler

T = TypeVar("T")
M = TypeVar("M", bound=Model)
Argument = int | str | Sequence[int]
Shape = tuple[type | int, ...]
"""Of each argument its type, or how long the list is."""

_FIRST_MARK = 31_001
"""Marks stand for the arguments while the SQL is made: small integers, so that every integer column takes them; texts of them."""
_MOST_SHAPES = 200
"""A query that takes lists has other SQL for each length; more lengths than these are compiled each time."""


@dataclass(frozen=True)
class _Compiled:
    """The SQL and its parameters, and where among them which value stands."""

    rows: QuerySet[Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, int, type], ...]
    """For each argument in the SQL: which parameter, which value, and the type that the driver wants it in."""

    def filled(self, values: Sequence[int | str]) -> tuple[Any, ...]:
        params = list(self.params)
        for place, value, kind in self.places:
            params[place] = kind(values[value])
        return tuple(params)


class Prepared(Generic[T]):
    """See the module. Arguments are integers, as keys are, lists of them, or texts: those any database takes as they are."""

    def __init__(self, make: Callable[..., QuerySet[Any, T]]) -> None:
        self._make = make
        self._compiled: dict[tuple[str, Shape], _Compiled] = {}
        update_wrapper(self, make)

    def __call__(self, *arguments: Argument) -> list[T]:
        """Ask the database; returns what the QuerySet would give."""
        values = list(_flat(arguments))
        if not all(type(value) in (int, str) for value in values):
            raise TypeError(
                f"{self._make.__qualname__} is a prepared query: it takes integers and texts, not {arguments!r}."
            )
        shape = tuple(
            type(argument) if isinstance(argument, int | str) else len(argument) for argument in arguments
        )
        if 0 in shape:
            return []
        compiled = self._compiled_for(shape)
        return list(_asked(compiled, compiled.filled(values)))

    def first(self, *arguments: Argument) -> T | None:
        """Return the first of what is found; the QuerySet should be cut to one."""
        return next(iter(self(*arguments)), None)

    def _compiled_for(self, shape: Shape) -> _Compiled:
        key = connections["default"].vendor, shape
        known = self._compiled.get(key)
        if known is None:
            known = self._compile(shape)
            if len(self._compiled) < _MOST_SHAPES:
                self._compiled[key] = known
        return known

    def _compile(self, shape: Shape) -> _Compiled:
        fresh = count(_FIRST_MARK)
        arguments = [
            [next(fresh) for _ in range(kind)] if isinstance(kind, int) else kind(next(fresh))
            for kind in shape
        ]
        marks = {mark: number for number, mark in enumerate(_flat(arguments))}
        rows = self._make(*arguments)
        compiler = rows.query.get_compiler("default")
        sql, params = compiler.as_sql()
        places = tuple(
            (place, marks[param], type(param))
            for place, param in enumerate(params)
            if isinstance(param, int | str) and param in marks
        )
        if {value for _place, value, _kind in places} != set(marks.values()):
            raise TypeError(
                f"{self._make.__qualname__} cannot be prepared: its SQL does not carry every argument."
            )
        return _Compiled(rows, compiler, sql, tuple(params), places)


def prepared(make: Callable[..., QuerySet[Any, T]]) -> Prepared[T]:
    """Compile the query that `make` returns once for each database; see the module."""
    return Prepared(make)


def _flat(arguments: Iterable[Argument]) -> Iterable[int | str]:
    for argument in arguments:
        if isinstance(argument, list | tuple):
            yield from argument
        else:
            yield argument  # type: ignore[misc]


def _asked(compiled: _Compiled, params: tuple[Any, ...]) -> QuerySet[Any]:
    """The QuerySet as it was made, whose compiler hands out the SQL that is there already."""
    compiler = copy.copy(compiled.compiler)
    compiler.connection = connections["default"]  # a compiler may come from another thread
    compiler.as_sql = lambda *_args, **_options: (compiled.sql, params)  # type: ignore[method-assign]
    query: Query = copy.copy(compiled.rows.query)
    query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
    asked: Any = type(compiled.rows)(model=compiled.rows.model, query=query, using="default")
    made: Any = compiled.rows
    asked._iterable_class = made._iterable_class
    asked._fields = made._fields
    asked._known_related_objects = made._known_related_objects
    asked._prefetch_related_lookups = made._prefetch_related_lookups
    return asked


def insert(row: M) -> M:
    """Add a new row as `save` does, by SQL that was made once for its table, and return it with its key.

    For rows of one table (no inheritance) that nobody listens to by signals: those of the log and of intake, of which
    one mail writes half a dozen.
    """
    connection, meta = connections["default"], row._meta
    sql, fields, key = _insertion(type(row), connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        )
        if key is not None:
            setattr(row, meta.pk.attname, cursor.fetchone()[0])
    row._state.adding, row._state.db = False, "default"
    return row


def write(row: Model, *names: str, **expected: object) -> bool:
    """Save those fields of a row that is there, by SQL that was made once for them; returns whether it was.

    `expected` is what other fields must hold in the table; where they do not, nothing is written.

    >>> write(mail, "state", "processed_at", state=State.RECEIVED)  # False: another process was first
    """
    connection = connections["default"]
    sql, fields, guards = _writing(type(row), names, tuple(expected), connection.vendor)
    values = [getattr(row, field.attname) for field in fields]
    taken = zip((*fields, *guards), (*values, *expected.values()), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(field.get_db_prep_save(value, connection) for field, value in taken), row.pk])
        return cursor.rowcount == 1


@cache
def _writing(
    model: type[Model], names: tuple[str, ...], guards: tuple[str, ...], vendor: str
) -> tuple[str, list[Field], list[Field]]:
    """The statement that saves the fields of one row, those fields, and those it looks at."""
    meta, quoted = model._meta, connections["default"].ops.quote_name
    named = {name: field for field in meta.local_concrete_fields for name in (field.name, field.attname)}
    written, looked_at = [named[name] for name in names], [named[name] for name in guards]
    changes = ", ".join(f"{quoted(str(field.column))} = %s" for field in written)
    where = " AND ".join(f"{quoted(str(field.column))} = %s" for field in (*looked_at, meta.pk))
    return f"UPDATE {quoted(meta.db_table)} SET {changes} WHERE {where}", written, looked_at  # noqa: S608


@cache
def _insertion(model: type[Model], vendor: str) -> tuple[str, list[Field], Field | None]:
    """The statement that adds one row, the fields it takes values of, and the key that it returns, if any."""
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, AutoField | BigAutoField)
    ]
    keys = [field for field in model._meta.local_concrete_fields if field not in fields]
    compiler = InsertQuery(model).get_compiler("default")
    compiler.query.insert_values(fields, [model()])
    compiler.returning_fields = keys
    ((sql, _params),) = compiler.as_sql()
    return sql, fields, keys[0] if keys else None

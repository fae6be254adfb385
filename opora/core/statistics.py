"""What the query planner of SQLite knows about the tables: how many rows there are, and how many share a key.

Without it the planner takes every index for a choice of ten rows and sorts what another index holds sorted. ANALYZE
would hold the write lock while it reads everything, and its short form guesses so roughly that the newest of five
million events was looked for by sorting them all. So the tables are counted by reading, which blocks nobody, and only
the result is written. The form of `sqlite_stat1` is documented at https://www.sqlite.org/fileformat2.html#stat1tab.
PostgreSQL keeps its own statistics.
"""

from typing import NamedTuple

from django.apps import apps
from django.db import connection, transaction

GROWN = 2
"""A table is counted again when it has so many times the rows of the last count."""


class Index(NamedTuple):
    """An index of SQLite: its columns in order, and the condition of a partial one ("" for none)."""

    name: str
    columns: list[str]
    condition: str


def refresh_statistics() -> list[str]:
    """Count the tables that have doubled, or got an index, since they were last counted, and return their names.

    Connections that are open go on as they were; a new one reads the new figures.
    """
    if connection.vendor != "sqlite":
        return []
    _make_table()
    tables = {model._meta.db_table: _indexes(model._meta.db_table) for model in apps.get_models()}
    stale = [table for table, indexes in tables.items() if _is_stale(table, indexes)]
    for table in stale:
        _write(table, [(index.name, _figure(table, index)) for index in tables[table]])
    return stale


def _make_table() -> None:
    """SQLite makes `sqlite_stat1` itself, at the first ANALYZE of anything; this one reads nothing but its schema."""
    if not _rows("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"):
        _rows("ANALYZE sqlite_master")


def _is_stale(table: str, indexes: list[Index]) -> bool:
    known = dict(_rows("SELECT idx, CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE tbl = %s", [table]))
    rows = _about_how_many(table)
    return rows > 0 and (
        any(index.name not in known for index in indexes) or rows >= GROWN * max(known.values(), default=rows)
    )


def _about_how_many(table: str) -> int:
    """About how many rows there are, without counting them: numbers are given in turn, wherever they begin."""
    [(lowest, highest)] = _rows(
        f'SELECT (SELECT min(rowid) FROM "{table}"), (SELECT max(rowid) FROM "{table}")'  # noqa: S608 (names of our own tables)
    )
    return highest - lowest + 1 if highest is not None else 0


def _indexes(table: str) -> list[Index]:
    """The indexes of a table; those on expressions are left to the planner's own guess."""
    found = []
    for name, sql in _rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table]
    ):
        columns = [column for _place, _number, column in _rows(f'PRAGMA index_info("{name}")')]
        if all(columns):
            found.append(Index(name, columns, (sql or "").partition(" WHERE ")[2]))
    return found


def _figure(table: str, index: Index) -> str:
    """Return "rows a b ...": the rows of the index, and how many share its first column, its first two, and so on.

    An index without rows is said to have one: it is known, and cheap.
    """
    source = f'FROM "{table}" INDEXED BY "{index.name}"' + (
        f" WHERE {index.condition}" if index.condition else ""
    )
    rows = _rows(f"SELECT count(*) {source}")[0][0] if index.condition else _about_how_many(table)
    shares: list[int] = []
    for many in range(1, len(index.columns) + 1):
        columns = index.columns[:many]
        # The key of the table makes everything after it single, and looking for that would sort the table.
        keys = rows if "id" in columns or shares[-1:] == [1] else _keys(columns, source)
        shares.append(max(1, -(-rows // max(keys, 1))))
    return " ".join(map(str, [max(rows, 1), *shares]))


def _keys(columns: list[str], source: str) -> int:
    names = ", ".join(f'"{column}"' for column in columns)
    return _rows(f"SELECT count(*) FROM (SELECT DISTINCT {names} {source})")[0][0]  # noqa: S608


def _write(table: str, figures: list[tuple[str, str]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])
        cursor.executemany(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, %s, %s)",
            [(table, name, figure) for name, figure in figures],
        )


def _rows(sql: str, parameters: list[str] | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []

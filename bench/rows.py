"""Writing many rows quickly: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from opora.core.statistics import refresh_statistics

BATCH = 20_000


class Table:
    """Gathers rows of one model until they are flushed. Rows are tuples in the order of `columns`.

    Whoever fills it flushes it when it is full, parents before children: PostgreSQL checks foreign keys at each commit.
    """

    def __init__(self, model: type[models.Model], columns: Sequence[str]) -> None:
        fields: list[Any] = [model._meta.get_field(name) for name in columns]
        self.name = model._meta.db_table
        self.columns = [field.column for field in fields]
        self.fields = fields
        self.rows: list[Sequence[Any]] = []
        self.written = 0

    def add(self, *values: Any) -> None:
        self.rows.append(values)

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= BATCH

    def flush(self) -> None:
        if not self.rows:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                self._copy(cursor, self.rows)
            else:
                self._insert(cursor, self.rows)
        self.written += len(self.rows)
        self.rows = []

    def _copy(self, cursor: Any, rows: Iterable[Sequence[Any]]) -> None:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        with cursor.cursor.copy(f'COPY "{self.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def _insert(self, cursor: Any, rows: Iterable[Sequence[Any]]) -> None:
        columns = ", ".join(f'"{column}"' for column in self.columns)
        marks = ", ".join(["%s"] * len(self.columns))
        prepared = [[self._plain(value) for value in row] for row in rows]
        cursor.executemany(f'INSERT INTO "{self.name}" ({columns}) VALUES ({marks})', prepared)

    def _plain(self, value: Any) -> Any:
        """As Django writes it: a moment with its zone would compare as later than the same moment without."""
        return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def set_sequences(*model_classes: type[models.Model]) -> None:
    """Let new ids follow the highest written one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in model_classes:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                )


def analyse() -> None:
    """Give the planner its statistics."""
    if connection.vendor == "sqlite":
        refresh_statistics()
        connection.close()
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

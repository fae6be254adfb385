"""Rows that many tests begin with, made once by actions and put back by plain inserts, at a tenth of the time."""

from dataclasses import dataclass

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import AutoField, Model

Rows = list[tuple]


@dataclass(frozen=True)
class Table:
    """All that one table held. `was_empty`: before the rows were made there was nothing to take away."""

    model: type[Model]
    columns: list[str]
    rows: Rows
    was_empty: bool

    def put_back(self) -> None:
        """Let the table hold these rows again, and nothing else; new rows get numbers above theirs."""
        name = connection.ops.quote_name(self.model._meta.db_table)
        marks = ", ".join(["%s"] * len(self.columns))
        columns = ", ".join(map(connection.ops.quote_name, self.columns))
        with connection.cursor() as cursor:
            if not self.was_empty:
                cursor.execute(f"DELETE FROM {name}")
            cursor.executemany(f"INSERT INTO {name} ({columns}) VALUES ({marks})", self.rows)

    @property
    def counts(self) -> bool:
        """Whether the database numbers its rows."""
        return isinstance(self.model._meta.pk, AutoField)


@dataclass(frozen=True)
class Snapshot:
    """The tables that a piece of work changed, as it left them. The index of search is not among them: replay it."""

    tables: list[Table]

    @classmethod
    def since(cls, before: dict[type[Model], Rows]) -> "Snapshot":
        """Take what differs from `before`, which `all_rows()` returned."""
        changed = [(model, rows) for model, rows in all_rows().items() if rows != before[model]]
        return cls([Table(model, _columns(model), rows, not before[model]) for model, rows in changed])

    def put_back(self) -> None:
        """Let the database hold these tables as they were. Inside a transaction, whose end checks the keys."""
        for table in self.tables:
            table.put_back()
        counted = [table.model for table in self.tables if table.counts]
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), counted):
                cursor.execute(sql)


def all_rows() -> dict[type[Model], Rows]:
    """Return what every table of the desk holds but those of search, in the values of the driver."""
    return {model: _rows(model) for model in apps.get_models(include_auto_created=True) if _is_table(model)}


def _is_table(model: type[Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and model._meta.app_label != "search"


def _columns(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]


def _rows(model: type[Model]) -> Rows:
    columns = ", ".join(map(connection.ops.quote_name, _columns(model)))
    name, key = map(connection.ops.quote_name, (model._meta.db_table, str(model._meta.pk.column)))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {name} ORDER BY {key}")
        return cursor.fetchall()

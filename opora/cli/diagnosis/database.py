"""The database: reachable, whole, up to date, well set."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from opora.cli.diagnosis.finding import Finding, Look, bad, count_of, ok, warning

OLDEST_POSTGRESQL = 150000
CHECKED_UP_TO = 1 << 30
WASTE = 100 << 20
LARGEST_WAL = 1 << 30


def check_reachable(look: Look) -> Iterator[Finding]:
    """Whether the database answers, and which it is. Raises what Django's driver raises."""
    if connection.vendor == "postgresql":
        _ask_directly()
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        version = _one("SELECT sqlite_version()")
        yield ok(f"The database is SQLite {version} in {_file()}.")
        return
    number = int(str(_one("SHOW server_version_num")))
    name = _one("SHOW server_version")
    if number < OLDEST_POSTGRESQL:
        yield bad(f"The database is PostgreSQL {name}.", "Opora needs 15 or newer: upgrade the server.")
    else:
        yield ok(f"The database is PostgreSQL {name}.")
    if _one("SHOW server_encoding") != "UTF8":
        yield bad(
            "The database does not store text as UTF-8.",
            "Make a new one with ENCODING 'UTF8' and restore a backup.",
        )


def check_migrations(look: Look) -> Iterator[Finding]:
    """Whether the tables are those that this version of Opora knows."""
    if connection.connection is None:
        return
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    if missing:
        steps = count_of(len(missing), "step", "steps")
        yield bad(
            f"The tables are {steps} behind this version.",
            "Run `bin/opora manage migrate`, or `bin/opora up`.",
        )
    elif unknown:
        yield bad(
            "The tables were made by a newer Opora.", "Update this one, or restore a backup made before."
        )
    else:
        yield ok("The tables are up to date.")


def check_whole(look: Look) -> Iterator[Finding]:
    """Whether the file of SQLite is whole; a large one is read only when asked to look thoroughly."""
    if connection.vendor != "sqlite":
        return
    size = _file().stat().st_size if _file().exists() else 0
    if size > CHECKED_UP_TO and not look.thorough:
        yield ok(
            f"The database file has {size / (1 << 30):.1f} GB; `bin/opora doctor --thorough` reads it all."
        )
        return
    answer = str(_one("PRAGMA quick_check(3)"))
    if answer == "ok":
        yield ok("The database file is whole.")
    else:
        yield bad(
            f"The database file is damaged: {answer}.",
            "Stop Opora, keep a copy of the data folder, restore a backup.",
        )


def check_settings(look: Look) -> Iterator[Finding]:
    """Journal, free pages and write-ahead log of SQLite."""
    if connection.vendor != "sqlite":
        return
    if _one("PRAGMA journal_mode") != "wal":
        yield bad(
            "The database does not use a write-ahead log.",
            "Put the data folder on a local disk: network disks do not allow it.",
        )
    else:
        yield ok("Readers and the writer do not wait for each other (WAL).")
    free, pages, size = (
        int(str(_one(f"PRAGMA {name}"))) for name in ("freelist_count", "page_count", "page_size")
    )
    if free * size > WASTE and free * 4 > pages:
        advice = "Stop Opora and run `bin/opora manage shell -c \"from django.db import connection; connection.cursor().execute('VACUUM')\"`."
        yield warning(f"{free * size >> 20:,} MB of the database file are empty.", advice)
    wal = Path(f"{_file()}-wal")
    if wal.exists() and wal.stat().st_size > LARGEST_WAL:
        yield warning(
            "The write-ahead log has grown over 1 GB.",
            "Something reads for hours. Restart Opora to fold the log in.",
        )


def _ask_directly() -> None:
    """Connect once without the pool, which tries for long and hides the reason."""
    try:
        psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
    except psycopg.Error as problem:
        raise OperationalError(str(problem).splitlines()[0]) from problem


def _file() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def _one(question: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]

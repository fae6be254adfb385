"""A consistent copy of the database while Opora runs, and the way back."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from opora.core.refusals import Refusal


class DatabaseTrouble(Refusal):
    """The database could not be copied or brought back."""


def dump_sqlite(source: Path, target: Path) -> None:
    """Copy the database by SQLite's online backup: one moment of it, while others read and write."""
    if not source.exists():
        raise DatabaseTrouble(f"There is no database in {source}. Check OPORA_DATA.")
    with _open(source) as original, _open(target) as copy:
        original.backup(copy)
        answer = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        # A copy in one file, without a log beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
    original.close()
    copy.close()
    if answer != "ok":
        raise DatabaseTrouble(f"The database is damaged ({answer}). `bin/opora doctor` says what to do.")


def check_sqlite(path: Path) -> None:
    """Raise `DatabaseTrouble` unless the file is a whole database."""
    try:
        with _open(path) as database:
            answer = database.execute("PRAGMA quick_check(1)").fetchone()[0]
        database.close()
    except sqlite3.DatabaseError as problem:
        answer = str(problem)
    if answer != "ok":
        raise DatabaseTrouble(f"The database in the archive is damaged ({answer}). Nothing was restored.")


def is_blank_sqlite(path: Path) -> bool:
    """Whether the file is a database without a table: what comes into being when somebody only looks."""
    try:
        with _open(path) as database:
            tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        database.close()
    except sqlite3.DatabaseError:
        return False
    return tables == 0


def dump_postgresql(settings: dict[str, Any], target: Path) -> None:
    """Copy the database with `pg_dump`, in one transaction."""
    arguments = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]
    _run("pg_dump", arguments, settings)


def load_postgresql(settings: dict[str, Any], source: Path, *, replace: bool) -> None:
    """Bring a dump back with `pg_restore`, in one transaction: all of it or nothing."""
    if not replace and _tables(settings):
        raise DatabaseTrouble(
            f"The database “{settings['NAME']}” is not empty. Name an empty one, or use --force to replace it."
        )
    arguments = [
        "--no-owner",
        "--no-privileges",
        "--single-transaction",
        "--exit-on-error",
        f"--dbname={settings['NAME']}",
    ]
    _run("pg_restore", [*arguments, *(["--clean", "--if-exists"] if replace else []), str(source)], settings)


def _tables(settings: dict[str, Any]) -> int:
    question = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
    answer = _run("psql", ["--no-psqlrc", "--tuples-only", "--no-align", f"--command={question}"], settings)
    return int(answer.strip() or 0)


def _run(program: str, arguments: list[str], settings: dict[str, Any]) -> str:
    """Run a program of PostgreSQL; the password travels in the environment, where no process list shows it."""
    found = shutil.which(program)
    if found is None:
        raise DatabaseTrouble(f"{program} is not installed here. On Debian: apt install postgresql-client")
    done = subprocess.run(
        [found, *arguments], env=_environment(settings), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[:400] or f"it ended with {done.returncode}"
        raise DatabaseTrouble(f"{program} failed: {said}")
    return done.stdout


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    names = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    given = {variable: str(settings[name]) for variable, name in names.items() if settings.get(name)}
    mode = settings.get("OPTIONS", {}).get("sslmode")
    return {**os.environ, **given, **({"PGSSLMODE": mode} if mode else {})}


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=30)

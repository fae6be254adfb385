"""`backup FILE.tar.gz`: database, files and key in one file, while Opora runs."""

import argparse
import json
import platform
import shutil
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django

from opora.cli import archive
from opora.cli.diagnosis.finding import count_of
from opora.cli.dumping import DatabaseTrouble, dump_postgresql, dump_sqlite
from opora.core.refusals import Refusal

UNFINISHED = ("incoming-", ".part")


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("bin/opora backup")
    parser.add_argument("file", type=Path, metavar="FILE.tar.gz")
    path = parser.parse_args(arguments).file.resolve()
    django.setup()
    try:
        files = write_backup(path)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    except OSError as problem:
        print(
            f"The backup could not be written: {problem.strerror or problem}. Nothing was left behind.",
            file=sys.stderr,
        )
        return 1
    size = path.stat().st_size / (1 << 20)
    what = count_of(files, "file", "files")
    print(f"Wrote {path} ({size:,.1f} MB: the database and {what}). It holds the secret key: keep it safe.")
    return 0


def write_backup(path: Path) -> int:
    """Write everything into `path` and return how many files lie beside the database.

    The database is copied first: files are only ever added, so all that it names are there.
    """
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    if path.exists():
        raise Refusal(f"There is a file {path} already. Choose another name.")
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}. Make it first.")
    migrations = sorted(".".join(name) for name in MigrationRecorder(connection).applied_migrations())
    if not migrations:
        raise DatabaseTrouble("The database is empty: there is nothing to back up.")
    files = 0
    with _scratch(path) as copy, archive.new_archive(path) as out:
        _dump(connection.vendor, settings.DATABASES["default"], copy)
        out.add_file(archive.DATABASES[connection.vendor], copy, mode=0o600)
        copy.unlink()
        out.add_bytes(archive.KEY, settings.SECRET_KEY.encode(), mode=0o600)
        for inside, found in _files(Path(settings.DATA_DIR)):
            out.add_file(inside, found)
            files += 1
        manifest = _manifest(connection.vendor, migrations, settings.BASE_DIR) | {"files": out.files}
        out.add_bytes(archive.MANIFEST, _json(manifest))
    return files


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    """A place for the copy of the database beside the archive; what a killed backup left there goes first."""
    folder = path.with_name(f".{path.name}.scratch")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder / "database"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _dump(vendor: str, settings: dict[str, Any], target: Path) -> None:
    if vendor == "sqlite":
        dump_sqlite(Path(settings["NAME"]), target)
    else:
        dump_postgresql(settings, target)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """The stored files with their names in the archive; what is still being written is left out."""
    for name in archive.FOLDERS:
        for path in sorted((folder / name).rglob("*")):
            if path.is_file() and not path.is_symlink() and not _is_unfinished(path):
                yield path.relative_to(folder).as_posix(), path


def _is_unfinished(path: Path) -> bool:
    return path.name.startswith(UNFINISHED[0]) or path.name.endswith(UNFINISHED[1])


def _manifest(vendor: str, migrations: list[str], root: Path) -> dict[str, Any]:
    project = tomllib.loads((Path(root) / "pyproject.toml").read_text())["project"]
    return {
        "format": archive.FORMAT,
        "opora": project["version"],
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "database": vendor,
        "migrations": migrations,
    }


def _json(manifest: dict[str, Any]) -> bytes:
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode()

"""`restore FILE.tar.gz`: a backup comes back into an empty data folder, all of it or nothing."""

import argparse
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from opora.cli import archive
from opora.cli.diagnosis.finding import count_of
from opora.cli.dumping import check_sqlite, is_blank_sqlite, load_postgresql
from opora.core.refusals import Refusal

DATABASE = "opora.sqlite3"
OF_NO_ACCOUNT = {archive.KEY, "worker.heartbeat", DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm"}
"""What appears in a data folder by itself, before anybody works in it."""
STAGING = ".restoring"
RUNNING = timedelta(minutes=2)


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser("bin/opora restore")
    parser.add_argument("file", type=Path, metavar="FILE.tar.gz")
    parser.add_argument(
        "--force", action="store_true", help="replace what is there; the old data folder is kept beside"
    )
    options = parser.parse_args(arguments)
    import django

    django.setup()
    try:
        for sentence in restore_backup(options.file.resolve(), force=options.force):
            print(sentence)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"The backup could not be restored: {problem}. Nothing was changed.", file=sys.stderr)
        return 1
    return 0


def restore_backup(path: Path, *, force: bool = False) -> list[str]:
    """Bring the backup back and return what to tell the operator. Raises `Refusal` and changes nothing otherwise.

    Everything is unpacked and verified beside the data folder, which is then exchanged as a whole.
    """
    from django.conf import settings

    folder, database = Path(settings.DATA_DIR), settings.DATABASES["default"]
    vendor = "postgresql" if "postgresql" in database["ENGINE"] else "sqlite"
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    _refuse_unready(folder, force=force)
    staging = _staging(folder)
    try:
        manifest = archive.unpack(path, staging)
        _check(manifest, vendor)
        dumped = staging / archive.DATABASES[vendor]
        if vendor == "sqlite":
            check_sqlite(dumped)
            dumped.replace(staging / DATABASE)
        else:
            load_postgresql(database, dumped, replace=force)
            dumped.unlink()
        os.sync()
        kept = _exchange(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return _told(manifest, folder, kept)


def _refuse_unready(folder: Path, *, force: bool) -> None:
    from opora.cli.heartbeat import last_beat

    if _is_empty(folder):
        return
    if not force:
        raise Refusal(
            f"{folder} is not empty. Name an empty folder with OPORA_DATA, or use --force to put the old one aside."
        )
    beat = last_beat()
    if beat and beat.age < RUNNING:
        raise Refusal("Opora runs on this data folder. Stop it, wait two minutes, and try again.")


def _is_empty(folder: Path) -> bool:
    """Whether nobody has worked here: nothing but a fresh key, a database without tables, folders without files."""
    if not folder.exists():
        return True
    for entry in folder.iterdir():
        if entry.name == STAGING:
            continue
        holds_files = entry.is_dir() and any(found.is_file() for found in entry.rglob("*"))
        if holds_files or (not entry.is_dir() and entry.name not in OF_NO_ACCOUNT):
            return False
    return not (folder / DATABASE).exists() or is_blank_sqlite(folder / DATABASE)


def _staging(folder: Path) -> Path:
    """An empty folder on the same disk: beside the data folder, or in it where it is a disk of its own."""
    staging = folder / STAGING if _is_fixed(folder) else folder.parent / f".{folder.name}.restoring"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700, parents=True)
    return staging


def _is_fixed(folder: Path) -> bool:
    """Whether the folder itself cannot be exchanged: the root of a disk, or in a place we may not write to."""
    return folder.exists() and (os.path.ismount(folder) or not os.access(folder.parent, os.W_OK))


def _check(manifest: dict[str, Any], vendor: str) -> None:
    from django.db.migrations.loader import MigrationLoader

    if manifest["database"] != vendor:
        way = {
            "sqlite": "unset DATABASE_URL",
            "postgresql": "set DATABASE_URL to an empty PostgreSQL database",
        }
        raise Refusal(
            f"This is a backup of {manifest['database']}: {way[manifest['database']]} first. Nothing was restored."
        )
    known = {".".join(name) for name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if set(manifest.get("migrations", [])) - known:
        raise Refusal(
            f"The backup was made by a newer Opora ({manifest.get('opora')}). Update this one first. Nothing was restored."
        )


def _exchange(staging: Path, folder: Path) -> Path | None:
    """Put the restored folder in place; returns where the old one is kept, None when there was nothing to keep."""
    worth_keeping = not _is_empty(folder) if folder.exists() else False
    aside = folder.with_name(f"{folder.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
    if _is_fixed(folder):
        return _exchange_entries(staging, folder, keep=worth_keeping)
    if folder.exists():
        folder.replace(aside)
    try:
        staging.replace(folder)
    except OSError:
        if aside.exists():
            aside.replace(folder)
        raise
    if not worth_keeping:
        shutil.rmtree(aside, ignore_errors=True)
    return aside if worth_keeping else None


def _exchange_entries(staging: Path, folder: Path, *, keep: bool) -> Path | None:
    """The same, entry by entry, the database last: a desk without it is none, so a crash in between shows."""
    aside = folder / f"before-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    aside.mkdir()
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name != DATABASE):
        if entry not in (staging, aside):
            entry.replace(aside / entry.name)
    for entry in sorted(staging.iterdir(), key=lambda entry: entry.name == DATABASE):
        entry.replace(folder / entry.name)
    if not keep:
        shutil.rmtree(aside, ignore_errors=True)
    return aside if keep else None


def _told(manifest: dict[str, Any], folder: Path, kept: Path | None) -> list[str]:
    files = len(manifest["files"]) - 2
    what = count_of(files, "file", "files")
    sentences = [f"Restored the desk as it was at {manifest['made_at']}, with {what}, into {folder}."]
    if kept:
        sentences.append(f"What was there before is in {kept}; remove it when you are sure.")
    if os.environ.get("OPORA_SECRET_KEY"):
        sentences.append(
            "OPORA_SECRET_KEY is set and wins over the restored key: it must be the same, or mailbox passwords are lost."
        )
    return [*sentences, "Start it with `bin/opora up`, and look with `bin/opora doctor`."]

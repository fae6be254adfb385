"""The file of a backup: a compressed tar of the database, the files and the key, with a manifest of checksums last.

The manifest is written when everything else is in, so an archive without one is not whole.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from opora.core.refusals import Refusal

FORMAT = 1
MANIFEST = "manifest.json"
KEY = "secret.key"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
FOLDERS = ("attachments", "mails", "pictures")
LARGEST_MANIFEST = 1 << 30
_CHUNK = 1 << 20


class Unusable(Refusal):
    """The archive cannot be read, is not whole, or holds what no backup holds."""


@dataclass
class Writer:
    """Adds files to an archive and remembers their checksums."""

    tar: tarfile.TarFile
    files: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add_file(self, name: str, path: Path, *, mode: int = 0o644) -> None:
        with path.open("rb") as file:
            self._add(name, file, os.fstat(file.fileno()).st_size, mode)

    def add_bytes(self, name: str, content: bytes, *, mode: int = 0o644) -> None:
        self._add(name, io.BytesIO(content), len(content), mode)

    def _add(self, name: str, file: IO[bytes], size: int, mode: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, mode, int(time.time())
        reader = _Hashing(file)
        self.tar.addfile(info, reader)  # type: ignore[arg-type]
        self.files[name] = {"size": size, "sha256": reader.digest.hexdigest()}


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def new_archive(path: Path) -> Iterator[Writer]:
    """Write an archive that appears under its name only when it is whole and on disk; nobody else may read it."""
    unfinished = path.with_name(f"{path.name}.part")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with (
                gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, filename="") as packed,
                tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield Writer(tar)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def unpack(path: Path, folder: Path) -> dict[str, Any]:
    """Unpack an archive into an empty folder and return its manifest, every checksum verified.

    Raises `Unusable` for an archive that is damaged, cut short, or names places outside the folder.
    """
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with tarfile.open(path, "r|gz") as tar:
            for member in tar:
                if manifest is not None:
                    raise Unusable(
                        "The archive goes on after its manifest: it was changed. Nothing was restored."
                    )
                if member.name == MANIFEST:
                    manifest = _read_manifest(tar, member)
                elif member.name in found:
                    raise Unusable(f"The archive holds {member.name!r} twice. Nothing was restored.")
                else:
                    found[member.name] = _unpack_one(tar, member, folder)
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeError) as problem:
        raise Unusable(f"The archive is damaged or cut short ({problem}). Nothing was restored.") from problem
    if manifest is None:
        raise Unusable("The archive is cut short: its manifest is missing. Nothing was restored.")
    _compare(found, manifest)
    return manifest


def _unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> dict[str, Any]:
    target = folder / _safe_name(member)
    target.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(member)
    if source is None:
        raise Unusable(f"The archive holds {member.name!r}, which is no file. Nothing was restored.")
    mode = 0o644 if target.parent != folder else 0o600
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    digest, size = hashlib.sha256(), 0
    with os.fdopen(descriptor, "wb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
    return {"size": size, "sha256": digest.hexdigest()}


def _safe_name(member: tarfile.TarInfo) -> PurePosixPath:
    """The name, if it is one that a backup may hold: no links, no devices, no way out of the folder."""
    name = PurePosixPath(member.name)
    at_top = len(name.parts) == 1 and member.name in {KEY, *DATABASES.values()}
    below = len(name.parts) > 1 and name.parts[0] in FOLDERS and ".." not in name.parts
    if not member.isreg() or not (at_top or below) or str(name) != member.name or "\\" in member.name:
        raise Unusable(
            f"The archive holds {member.name!r}, which no backup of Opora holds. Nothing was restored."
        )
    return name


def _read_manifest(tar: tarfile.TarFile, member: tarfile.TarInfo) -> dict[str, Any]:
    source = tar.extractfile(member) if member.isreg() and member.size <= LARGEST_MANIFEST else None
    try:
        manifest = json.loads(source.read()) if source else None
    except ValueError as problem:
        raise Unusable("The manifest of the archive cannot be read. Nothing was restored.") from problem
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise Unusable("The manifest of the archive cannot be read. Nothing was restored.")
    if manifest.get("format") != FORMAT:
        raise Unusable("The archive was made by another Opora than this one. Use the version that made it.")
    return manifest


def _compare(found: dict[str, dict[str, Any]], manifest: dict[str, Any]) -> None:
    stated = manifest["files"]
    wrong = sorted(name for name in found.keys() | stated.keys() if found.get(name) != stated.get(name))
    if wrong:
        sentence = f"The archive is damaged: {wrong[0]} is not what the manifest says"
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise Unusable(f"{sentence}{more}. Nothing was restored.")
    if (
        manifest.get("database") not in DATABASES
        or DATABASES[manifest["database"]] not in found
        or KEY not in found
    ):
        raise Unusable("The archive lacks the database or the key. Nothing was restored.")

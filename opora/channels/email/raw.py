"""Raw messages in the data folder: kept compressed under their hash, whole or not at all, unchanged once written."""

import gzip
import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


def raw_path(sha256: str) -> Path:
    """Return where the message of this hash lies, whether it exists or not."""
    return Path(settings.DATA_DIR) / "mails" / sha256[:2] / f"{sha256[2:]}.eml.gz"


def keep_raw(raw: bytes) -> str:
    """Store a message and return its SHA-256. When this returns, the bytes have reached the disk."""
    sha256 = hashlib.sha256(raw).hexdigest()
    path = raw_path(sha256)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, gzip.compress(raw, compresslevel=1, mtime=0))
    return sha256


def read_raw(sha256: str) -> bytes:
    """Return the message of this hash. Raises `FileNotFoundError` when the data folder has lost it."""
    return gzip.decompress(raw_path(sha256).read_bytes())


def forget_raw(sha256: str) -> None:
    """Remove the message of this hash from the data folder."""
    raw_path(sha256).unlink(missing_ok=True)


def _write_whole(path: Path, content: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix="incoming-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
        _sync_folder(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, not only the bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

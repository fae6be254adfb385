"""A short name for the present state of all static files, so that browsers may keep them for ever."""

from hashlib import blake2s
from pathlib import Path


def static_fingerprint(root: Path) -> str:
    """Return ten hex digits that change whenever a file under a `static` folder of `root` changes size or time."""
    digest = blake2s(digest_size=5)
    for path in sorted(root.glob("**/static/**/*")):
        if path.is_file():
            status = path.stat()
            digest.update(f"{path.relative_to(root)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()

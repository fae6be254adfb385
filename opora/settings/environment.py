"""What the environment says: the data folder, the secret key, and the switches of an operator."""

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("OPORA_DATA") or ROOT / "data").resolve()
PUBLIC_URL = os.environ.get("OPORA_URL", "").rstrip("/")
DEBUG = os.environ.get("OPORA_DEBUG") == "1"
PRIVATE_HOSTS = frozenset(
    host.strip().lower() for host in os.environ.get("OPORA_PRIVATE_HOSTS", "").split(",") if host.strip()
)
ALLOWED_HOSTS = [host for host in os.environ.get("OPORA_HOSTS", "*").split(",") if host]


def secret_key() -> str:
    """Return the desk's secret key: `OPORA_SECRET_KEY`, or one made once and kept in the data folder (mode 600)."""
    given = os.environ.get("OPORA_SECRET_KEY")
    if given:
        return given
    path = DATA / "secret.key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(48))
    return path.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Write `text` unless another process was first; the loser reads the winner's key."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(text)

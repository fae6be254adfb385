"""Keys, addresses and translations of this installation."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from opora.cli.diagnosis.finding import Finding, Look, bad, ok, warning

LOCAL = {"localhost", "127.0.0.1", "::1"}


def check_key(look: Look) -> Iterator[Finding]:
    path = Path(settings.DATA_DIR) / "secret.key"
    if os.environ.get("OPORA_SECRET_KEY"):
        yield ok("The secret key comes from the environment.")
    elif not path.exists():
        yield bad(
            f"There is no secret key in {path}.", "Bring it back from a backup: stored passwords need it."
        )
    elif stat.S_IMODE(path.stat().st_mode) & 0o077:
        yield bad("Other users of this machine can read the secret key.", f"Run `chmod 600 {path}`.")
    else:
        yield ok("Only Opora can read the secret key.")
    if settings.DEBUG:
        yield bad("OPORA_DEBUG is on: error pages show the inside of the desk.", "Start Opora without it.")


def check_address(look: Look) -> Iterator[Finding]:
    url = urlsplit(settings.PUBLIC_URL)
    if not settings.PUBLIC_URL:
        yield warning(
            "OPORA_URL is not set: mails carry no links, and cookies are not kept to https.",
            "Set it to the address of the desk, such as https://desk.example.com.",
        )
    elif url.scheme != "https" and url.hostname not in LOCAL:
        yield warning(
            f"The desk is at {settings.PUBLIC_URL}, without encryption.",
            "Put a proxy with TLS before it; see docs/how-to/operate.md.",
        )
    else:
        yield ok(f"The desk is at {settings.PUBLIC_URL}.")
    if settings.PUBLIC_URL and "*" in settings.ALLOWED_HOSTS and url.hostname not in LOCAL:
        yield warning("The desk answers to any host name.", f"Set OPORA_HOSTS={url.hostname}.")


def check_catalogues(look: Look) -> Iterator[Finding]:
    stale = [
        path.parent.parent.name
        for folder in settings.LOCALE_PATHS
        for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
        if _is_stale(path)
    ]
    if stale:
        yield warning(
            f"Translations are not compiled: {', '.join(stale)}.", "Run `bin/opora manage compilemessages`."
        )
    elif not any(Path(folder).is_dir() for folder in settings.LOCALE_PATHS):
        yield warning("There are no translations: every page is in English.", "Get a complete copy of Opora.")
    else:
        yield ok("Translations are compiled.")


def _is_stale(path: Path) -> bool:
    """A catalogue is stale when what was compiled is missing, or older by more than a checkout may take."""
    compiled = path.with_suffix(".mo")
    return not compiled.exists() or path.stat().st_mtime > compiled.stat().st_mtime + 60

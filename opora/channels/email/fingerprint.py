"""Recognising copies of one message, whatever servers added to it on the way."""

import hashlib
import re

_SEPARATOR = re.compile(rb"\r?\n\r?\n")
_TELLING = re.compile(
    rb"^(message-id|from|date|subject):((?:.*)(?:\r?\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE
)
_SPACE = re.compile(rb"\s+")
_BRACKETED = re.compile(rb"<([^<>\s]+)>")


def fingerprint(raw: bytes) -> str:
    """Return a hash of Message-ID, From, Date, Subject and body; line ends and trace headers do not count."""
    head, body = _split(raw)
    digest = hashlib.sha256()
    for name, value in sorted(_telling(head).items()):
        digest.update(name + b":" + value + b"\n")
    digest.update(b"\n" + body.replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()


def message_id_of(raw: bytes) -> str:
    """Return the Message-ID without brackets, "" when there is none; without parsing the message."""
    value = _telling(_split(raw)[0]).get(b"message-id", b"")
    found = _BRACKETED.search(value)
    return (found.group(1) if found else value).decode("ascii", "replace").replace("\x00", "")[:998]


def _split(raw: bytes) -> tuple[bytes, bytes]:
    found = _SEPARATOR.search(raw)
    return (raw[: found.start()], raw[found.end() :]) if found else (raw, b"")


def _telling(head: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for match in _TELLING.finditer(head):
        found.setdefault(match.group(1).lower(), _SPACE.sub(b" ", match.group(2)).strip())
    return found

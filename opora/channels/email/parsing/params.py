"""Parameters of Content-Type and Content-Disposition (RFC 2045, 2231), broken ones included."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from .charsets import decode_text
from .words import decode_header, raw_text

_PARAM = re.compile(
    r";\s*(?P<name>[\w.-]{1,40})(?P<section>\*\d{1,3})?(?P<extended>\*)?\s*=\s*"
    r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"(?=\s*(?:;|$))|"(?P<open>[^;]*?)"?\s*(?=;|$)|(?P<plain>[^;]*))',
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\([\"\\])")
_LONGEST = 20_000


def parse_params(value: str) -> tuple[str, dict[str, str]]:
    """The lower-case value before the first semicolon, and its parameters by lower-case name."""
    text = raw_text(value[:_LONGEST])
    head, _, _ = text.partition(";")
    plain: dict[str, str] = {}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for match in _PARAM.finditer(text):
        name, raw = match.group("name").lower(), _value_of(match)
        if match.group("section") or match.group("extended"):
            number = int((match.group("section") or "*0")[1:])
            sections.setdefault(name, []).append((number, bool(match.group("extended")), raw))
        elif not plain.get(name):
            plain[name] = decode_header(raw)
    plain.update({name: joined for name, parts in sections.items() if (joined := _join(parts))})
    return re.sub(r"\s+", "", head).lower(), plain


def _value_of(match: re.Match[str]) -> str:
    if match.group("quoted") is not None:
        return _ESCAPE.sub(r"\1", match.group("quoted"))
    if match.group("open") is not None:
        return match.group("open")
    return match.group("plain").strip()


def _join(parts: list[tuple[int, bool, str]]) -> str:
    """One value of its numbered sections; percent-encoded bytes are joined before they are decoded."""
    parts.sort(key=lambda part: part[0])
    charset, collected = "", b""
    for position, (_, extended, raw) in enumerate(parts):
        if extended and position == 0 and raw.count("'") >= 2:
            charset, _, raw = raw.split("'", 2)
        piece = raw.encode("utf-8", "replace")
        collected += unquote_to_bytes(piece) if extended else piece
    joined = decode_text(collected, charset or "utf-8")
    return decode_header(joined) if "=?" in joined else joined.strip()

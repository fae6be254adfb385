"""Encoded words (RFC 2047) and raw 8-bit header values, decoded the way mail clients forgive them."""

from __future__ import annotations

import base64
import binascii
import re

from .charsets import decode_text, decode_unlabelled

_WORD = re.compile(r"=\?([\w.:()+$-]{1,60})(?:\*[\w-]{0,20})?\?([bBqQ])\?((?:[^?]|\?(?!=)){0,800})\?=")
_FOLD = re.compile(r"[\r\n]+[ \t]?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST_VALUE = 100_000
_LONGEST_WITH_WORDS = 20_000


def decode_header(value: str) -> str:
    """One line of text: unfolded, bytes and encoded words decoded, control characters gone."""
    text = raw_text(value)
    if "=?" in text:
        text = _decode_words(text[:_LONGEST_WITH_WORDS])
    return _CONTROLS.sub("", text.replace("\t", " ").replace("\n", " ").replace("\r", " ")).strip()


def raw_text(value: str) -> str:
    """The value unfolded and with its 8-bit bytes read, encoded words left alone."""
    text = _FOLD.sub(_space, value[:_LONGEST_VALUE])
    if text.isascii():
        return text
    try:
        return decode_unlabelled(text.encode("ascii", "surrogateescape"))
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode("utf-8", "replace")


def decode_q(text: str) -> bytes:
    """The bytes of a Q-encoded word (underscore is a space); what is not ASCII is taken as UTF-8."""
    spaced = text.replace("_", " ").encode("utf-8", "surrogateescape")
    return binascii.a2b_qp(spaced.rstrip(b"="))


def decode_base64(text: str | bytes) -> bytes:
    """Base64 with line breaks, foreign characters, missing or doubled padding."""
    kept = re.sub(
        rb"[^A-Za-z0-9+/=]+", b"", text.encode("ascii", "ignore") if isinstance(text, str) else text
    )
    try:
        return base64.b64decode(kept + b"=" * (-len(kept) % 4))
    except (binascii.Error, ValueError):
        return b"".join(_decode_run(run) for run in kept.split(b"="))


def _decode_run(run: bytes) -> bytes:
    if len(run) % 4 == 1:
        run = run[:-1]
    return base64.b64decode(run + b"=" * (-len(run) % 4))


def _space(match: re.Match[str]) -> str:
    return " "


def _decode_words(text: str) -> str:
    pieces: list[str] = []
    pending, pending_charset, end = b"", "", 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        charset, encoding, payload = match.group(1).lower(), match.group(2), match.group(3)
        joined = bool(end) and not between.strip()
        if not joined or charset != pending_charset:
            pieces.append(decode_text(pending, pending_charset) if pending else "")
            pending = b""
        if not joined:
            pieces.append(between)
        pending += decode_base64(payload) if encoding in "bB" else decode_q(payload)
        pending_charset, end = charset, match.end()
    pieces.append(decode_text(pending, pending_charset) if pending else "")
    return "".join(pieces) + text[end:]

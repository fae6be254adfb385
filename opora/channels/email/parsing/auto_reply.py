"""Tells an answer of a machine (absence note, autoresponder) from a person's mail."""

from __future__ import annotations

from functools import cache

from .headers import Headers
from .patterns import fold, load, phrases
from .subjects import bare_subject


def is_auto_reply(headers: Headers, subject: str) -> bool:
    """True where a header of RFC 3834 or of a known program says so, or the subject begins like an absence note.

    Precedence "bulk", "list" and "junk" say nothing about who wrote and do not count.
    """
    if any(_says_yes(headers, name, wanted) for name, wanted in _headers().items()):
        return True
    return fold(subject).startswith(_subjects()) or bare_subject(subject).startswith(_subjects())


def _says_yes(headers: Headers, name: str, wanted: tuple[str, ...]) -> bool:
    if not headers.has(name):
        return False
    for value in headers.texts(name):
        said = fold(value)
        if said.split(";")[0].strip() in load("auto_reply")["no"]["values"]:
            continue
        if "*" in wanted or said.startswith(wanted):
            return True
    return False


@cache
def _headers() -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in load("auto_reply")["headers"].items()}


@cache
def _subjects() -> tuple[str, ...]:
    return tuple(phrases("auto_reply", "subjects"))

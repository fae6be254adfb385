"""Subjects without what mail programs put before them."""

from __future__ import annotations

import re
from functools import cache

from .patterns import fold, last_end, load, phrases

_PREFIX = re.compile(
    r"^\s*\[?\s*([^\W\d_][^:：\[\]\d]{0,20}?)\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3})?\s*[:：]\s*"
)


def bare_subject(subject: str) -> str:
    """The subject without its chain of reply and forward prefixes, folded for comparing."""
    rest = subject
    for _ in range(20):
        match = _PREFIX.match(rest)
        if not match or fold(match.group(1)) not in _known():
            break
        rest = rest[match.end() :]
    return fold(rest).rstrip("]")


def is_forward_subject(subject: str, announcement: str = "") -> bool:
    """True where the foremost prefix says the message is passed on.

    A prefix that forwards in one language and replies in another ("VS:") counts where the announcement above
    the older message is in a language in which it forwards.
    """
    match = _PREFIX.match(subject)
    prefix = fold(match.group(1)) if match else ""
    if prefix not in phrases("subject_prefixes", "forward"):
        return False
    if prefix not in phrases("subject_prefixes", "reply"):
        return True
    lists = load("subject_prefixes")["forward"]
    languages = [language for language, prefixes in lists.items() if prefix in map(fold, prefixes)]
    return any(_speaks(language, fold(announcement)) for language in languages)


def _speaks(language: str, folded: str) -> bool:
    labels = load("header_labels").get(language, {}).get("from", [])
    verbs = load("attributions").get(language, {}).get("says", [])
    return any(f"{fold(label)}:" in folded for label in labels) or last_end(folded, map(fold, verbs)) >= 0


@cache
def _known() -> frozenset[str]:
    return phrases("subject_prefixes", "forward") | phrases("subject_prefixes", "reply")

"""The word lists beside this file, read once and turned into quick look-ups.

Each list is data by language in a TOML file; adding a language or a mail program is a line there.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

_NO_SPACES = re.compile(r"[\u0e00-\u0e7f\u1100-\u11ff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed file `name`.toml."""
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))


def fold(text: str) -> str:
    """The form words are compared in: composed, caseless, typographic apostrophes and spaces plain."""
    composed = unicodedata.normalize("NFC", text).casefold().replace("’", "'").replace("\u0307", "")
    return " ".join(composed.replace("\u00ad", "").split())


@cache
def phrases(name: str, section: str) -> frozenset[str]:
    """All folded phrases of one section, over all languages.

    A file is laid out as [section] language = [...] or as [language] section = [...]; both read the same.
    """
    content = load(name)
    by_section: Iterable[list[str]] = content.get(section, {}).values()
    by_language: Iterable[list[str]] = (words[section] for words in content.values() if section in words)
    lists = by_section if section in content else by_language
    return frozenset(fold(phrase) for one in lists for phrase in one if phrase.strip())


def last_end(folded: str, wanted: Iterable[str]) -> int:
    """Where the last of the phrases that stand in the text as whole words ends; -1 where none does.

    Plain string searches: many times quicker than one large alternation, and immune to hostile text.
    """
    furthest = -1
    for phrase in wanted:
        start = folded.rfind(phrase)
        while start >= 0 and not _stands_alone(folded, start, phrase):
            start = folded.rfind(phrase, 0, start)
        if start >= 0:
            furthest = max(furthest, start + len(phrase))
    return furthest


def has_any(folded: str, wanted: Iterable[str]) -> bool:
    """True where one of the phrases occurs, be it inside a word."""
    return any(phrase in folded for phrase in wanted)


def alternation(wanted: Iterable[str]) -> str:
    """A pattern of whole phrases, longest first; scripts without word spaces need no boundary."""
    ordered = sorted(wanted, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(_bounded(phrase) for phrase in ordered) + ")"


def _stands_alone(folded: str, start: int, phrase: str) -> bool:
    end = start + len(phrase)
    before = folded[start - 1] if start else " "
    after = folded[end] if end < len(folded) else " "
    return not (_joins(before) and _joins(phrase[0])) and not (_joins(after) and _joins(phrase[-1]))


def _joins(char: str) -> bool:
    return char.isalnum() and not _NO_SPACES.match(char)


def _bounded(phrase: str) -> str:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    before = r"(?<!\w)" if _joins(phrase[0]) else ""
    after = r"(?!\w)" if _joins(phrase[-1]) else ""
    return before + words + after

"""A typed search into terms: words, phrases, `name:value`. It accepts whatever was typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The marks people and telephones put for quotes; a closing one is looked for by any of its kind.
_QUOTES = {'"': '"', "“": "”", "„": "“”", "«": "»"}
_NAME = re.compile(r"([^\W\d][\w.-]*?)(<=|>=|:|<|>|=)")
_SPACE = re.compile(r"\s+")
_WORD_END = re.compile(r"\s|$")


@dataclass(frozen=True)
class Term:
    """One term as typed. `name` and `operator` are empty for plain text."""

    text: str
    name: str = ""
    operator: str = ""
    negated: bool = False
    quoted: bool = False
    raw: str = ""


def terms(typed: str) -> Iterator[Term]:
    """Yield the terms of `typed`; together their `raw` is all of it but the spaces."""
    place = 0
    while place < len(typed):
        if space := _SPACE.match(typed, place):
            place = space.end()
            continue
        term, end = _term(typed, place)
        yield term
        place = end


def _term(typed: str, start: int) -> tuple[Term, int]:
    negated = typed[start] == "-" and start + 1 < len(typed) and not typed[start + 1].isspace()
    place = start + negated
    name, operator = "", ""
    if found := _NAME.match(typed, place):
        name, operator, place = found[1], found[2], found.end()
    text, quoted, end = _value(typed, place)
    return Term(text, name, operator, negated, quoted, raw=typed[start:end]), end


def _value(typed: str, start: int) -> tuple[str, bool, int]:
    """Return the value that starts here, whether it was quoted, and where it ends. An open quote ends with the text."""
    closing = _QUOTES.get(typed[start : start + 1])
    if closing is None:
        end = _WORD_END.search(typed, start).start()  # type: ignore[union-attr]
        return typed[start:end], False, end
    ends = [end for mark in {*closing, '"'} if (end := typed.find(mark, start + 1)) >= 0]
    if not ends:
        return typed[start + 1 :].rstrip(), True, len(typed)
    return typed[start + 1 : min(ends)], True, min(ends) + 1

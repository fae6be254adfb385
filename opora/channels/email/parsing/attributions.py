"""The line above a quote: "On Monday, Ann <ann@example.com> wrote:", in any language and over several lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from .lines import Line
from .patterns import alternation, fold, last_end, phrases

_DATE = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[:.h]\d\d(?!\d)|[年月日]"
)
_ADDRESS = re.compile(r"[^\s<>\"(),;:\[\]]{1,100}@[^\s<>\"(),;:\[\]]{1,100}")
_ENDS = re.compile(r"[:：][\s*_>-]{0,8}$")
_DASHED_END = re.compile(r"\s-{2,}\s*$")
_START = re.compile(r"^[\W_]{0,8}")
_Test = Callable[[str, str], bool]
_TRAILING = " :：*_->.,(\u200e\u200f"
_LONGEST = 500
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Attribution:
    """Lines start to end (exclusive). `column` is where it begins in the first line, after the end of the reply.

    `is_sure` is False where only a quote right below would prove it.
    """

    start: int
    end: int
    text: str
    column: int = 0
    is_sure: bool = True


def attribution_ending_at(lines: list[Line], last: int) -> Attribution | None:
    """The attribution whose last line is `last`."""
    if not _may_end(lines[last].bare):
        return _bare_date(lines, last)
    spans = list(_spans(lines, last))
    return (
        _matching(lines, spans, (_is_opened,))
        or _sharing_a_line(lines, spans)
        or _matching(lines, spans, (_is_dated, _is_named))
        or _bare_verb(lines, last)
    )


def _matching(lines: list[Line], spans: list[tuple[int, str]], tests: Sequence[_Test]) -> Attribution | None:
    """The first test that holds, for the shortest span it holds for."""
    end = spans[0][0] + 1 if spans else 0
    for test in tests:
        for start, text in spans:
            if test(text, lines[start].bare):
                return Attribution(start, end, text, is_sure=_is_sure(text))
    return None


def _bare_verb(lines: list[Line], last: int) -> Attribution | None:
    """'Ann wrote:', which only a quote below makes an attribution."""
    if _says_last(lines[last].bare) and len(lines[last].bare) < 100:
        return Attribution(last, last + 1, lines[last].bare, is_sure=False)
    return None


def _bare_date(lines: list[Line], last: int) -> Attribution | None:
    """'2011/4/7 Ann <ann@example.com>' without colon and verb, which only a quote below makes an attribution."""
    bare = lines[last].bare
    if len(bare) < 150 and bare.endswith(">") and _DATE.match(bare) and _ADDRESS.search(bare):
        return Attribution(last, last + 1, bare, is_sure=False)
    return None


def _spans(lines: list[Line], last: int) -> list[tuple[int, str]]:
    """(first line, joined text) of the runs of up to four unbroken lines that end at `last`, shortest first."""
    found: list[tuple[int, str]] = []
    text = ""
    for start in range(last, max(-1, last - _MOST_LINES), -1):
        line = lines[start]
        if line.is_blank or line.depth != lines[last].depth or line.in_code or len(text) > _LONGEST:
            break
        text = f"{line.bare} {text}".strip()
        found.append((start, text))
    return [(start, text) for start, text in found if len(text) <= _LONGEST]


def _may_end(bare: str) -> bool:
    if not bare or len(bare) > _LONGEST:
        return False
    return bool(_ENDS.search(bare)) or _says_last(bare)


def _says_last(bare: str) -> bool:
    folded = fold(bare[-60:]).rstrip(_TRAILING)
    end = last_end(folded, phrases("attributions", "says"))
    return end >= 0 and end == len(folded)


def _is_opened(text: str, first: str) -> bool:
    """'On 5 May 2024 Ann wrote:': an opening word, a number, a verb, and little after it."""
    folded = fold(text)
    if not _opening().match(folded) or not any(char.isdigit() for char in folded):
        return False
    return _has_late_verb(folded)


def _is_dated(text: str, first: str) -> bool:
    """'2024-05-05 10:00 GMT+2 Ann <ann@example.com>:': a date and an address, or a date and a verb."""
    if not _DATE.search(text) or not (_DATE.search(first) or _ADDRESS.search(first)):
        return False
    if _ADDRESS.search(text):
        return True
    return _has_late_verb(fold(text)) and len(text) < 200


def _is_named(text: str, first: str) -> bool:
    """'Ann <ann@example.com> wrote:' without a date."""
    folded = fold(text)
    return len(text) < 200 and bool(_ADDRESS.search(text)) and _has_late_verb(folded) and "<" in text


def _is_sure(text: str) -> bool:
    return bool(_ADDRESS.search(text) or _DATE.search(text))


def _sharing_a_line(lines: list[Line], spans: list[tuple[int, str]]) -> Attribution | None:
    """An attribution that begins in the middle of the reply's last line."""
    for start, text in spans:
        for match in list(_inner_opening().finditer(text[: len(lines[start].bare)]))[-3:]:
            tail = text[match.start() :].strip()
            if _is_opened(tail, tail) and _is_sure(tail) and _DATE.search(tail[:60]):
                return Attribution(start, spans[0][0] + 1, tail, column=match.start())
    return None


@lru_cache(maxsize=8192)  # the same lines are looked at for the reply, its quotes and a forward
def _has_late_verb(folded: str) -> bool:
    end = last_end(folded, phrases("attributions", "says"))
    return end >= 0 and len(folded) - end <= 140


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(_START.pattern + alternation(phrases("attributions", "opens")))


@cache
def _inner_opening() -> re.Pattern[str]:
    """Opening words as written, with a capital, after a space."""
    opens = {phrase.capitalize() for phrase in phrases("attributions", "opens") if len(phrase) > 1}
    return re.compile(r"(?<=\s)" + alternation(opens))

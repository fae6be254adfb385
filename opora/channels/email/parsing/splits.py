"""Finds where the older message begins, whatever announces it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from .attributions import Attribution, attribution_ending_at
from .header_blocks import label_of, read_block, split_glued
from .lines import Line, split_lines
from .markers import marker_kind

_RULE_CHARACTERS = set("_-=—–* ")
_LOOK_AHEAD = 4


@dataclass(slots=True)
class Split:
    """`start` is the first line of the announcement, `end` the first line of the older message.

    `kind`: an attribution line, a bare header block, or a marker line ("original", "forwarded") which may have
    a header block of its own.
    """

    kind: Literal["attribution", "header", "original", "forwarded"]
    start: int
    end: int
    column: int = 0
    is_sure: bool = True
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def read_lines(text: str) -> tuple[list[Line], str]:
    """The lines of a body, header blocks that were glued into one line taken apart; and what is too long to examine."""
    lines, remainder = split_lines(text)
    apart: list[Line] = []
    for line in lines:
        below_rule = bool(apart) and is_rule(apart[-1])
        apart += _unglued(line, 2 if below_rule else 3)
    return apart, remainder


def find_split(lines: list[Line], start: int = 0) -> Split | None:
    """The first announcement at or after line `start`, at any quote depth; code blocks are passed over."""
    number = start
    while number < len(lines):
        line = lines[number]
        if line.bare and not line.in_code:
            found = _marker(lines, number) or _block(lines, number) or _attribution(lines, number, start)
            if found:
                return found
        number += 1
    return None


def is_rule(line: Line) -> bool:
    """A line drawn with dashes, underscores or equals signs."""
    return len(line.bare) >= 3 and set(line.bare) <= _RULE_CHARACTERS


def _unglued(line: Line, fewest: int) -> list[Line]:
    colons = line.bare.count(":") + line.bare.count("：")
    if colons < fewest or len(line.bare) <= 30 or line.in_code:
        return [line]
    pieces = split_glued(line.bare, fewest)
    return [Line(piece, piece, line.depth) for piece in pieces] if len(pieces) >= fewest else [line]


def _marker(lines: list[Line], number: int) -> Split | None:
    following = _next_filled(lines, number + 1)
    block = read_block(lines, following) if following is not None else None
    kind = marker_kind(lines[number], bool(block and len(block.fields) > 1))
    if not kind:
        return None
    if block and len(block.fields) > 1:
        return Split(kind, number, _after_blank(lines, block.end), fields=block.fields)
    return Split(kind, number, _after_blank(lines, number + 1))


def _block(lines: list[Line], number: int) -> Split | None:
    first = number
    if is_rule(lines[number]):
        following = _next_filled(lines, number + 1)
        if following is None:
            return None
        first = following
    if not label_of(lines[first].bare):
        return None
    block = read_block(lines, first)
    if not block or not block.is_convincing:
        return None
    return Split("header", number, _after_blank(lines, block.end), fields=block.fields)


def _attribution(lines: list[Line], number: int, lowest: int) -> Split | None:
    found = attribution_ending_at(lines, number)
    if not found or found.start < lowest:
        return None
    if not found.is_sure and not _quote_follows(lines, found):
        return None
    return Split(
        "attribution", found.start, _after_blank(lines, found.end), column=found.column, text=found.text
    )


def _quote_follows(lines: list[Line], found: Attribution) -> bool:
    following = _next_filled(lines, found.end)
    return following is not None and lines[following].depth > lines[found.start].depth


def _next_filled(lines: list[Line], start: int) -> int | None:
    for number in range(start, min(len(lines), start + _LOOK_AHEAD)):
        if lines[number].bare:
            return number
    return None


def _after_blank(lines: list[Line], number: int) -> int:
    while number < len(lines) and lines[number].is_blank:
        number += 1
    return number

"""Where a signature begins."""

from __future__ import annotations

import re
from functools import cache

from .lines import Line
from .patterns import fold, has_any, phrases

_DELIMITER = re.compile(r"^(?:--|—|–|__)$")
_RULE = re.compile(r"^[-_=*~]{3,}$")
_CONTACT = re.compile(
    r"\d[\d\s().-]{6,}\d|\bwww\.|https?://|[\w.+-]{1,60}@[\w-]{1,60}\.\w|\b(?:tel|fax|mob|phone|skype)\b",
    re.I,
)
_LINK = re.compile(r"[<(\[]\s*(?:https?|mailto):[^>)\]]{0,500}[>)\]]|https?://\S{1,500}")
_DASHED_NAME = re.compile(r"^(?://?|[-–—~])\s?[^\W\d_][\w.'-]{0,30}(?: [^\W\d_][\w.'-]{0,30}){0,2}$")
_SLASHED_NAME = re.compile(r"^/[^\W\d_a-z][\w.'-]{1,30}$")
_LONGEST_SENT_FROM = 90
_LONGEST_NAME_LINE = 70
_MOST_AFTER_REGARDS = 12


def is_delimiter(line: Line) -> bool:
    """'-- ' alone on its line (RFC 3676, 4.3), and the dashes people use for it."""
    return bool(_DELIMITER.match(line.bare)) and not line.depth and not line.in_code


def is_sent_from(line: Line) -> bool:
    """'Sent from my phone' and its like, alone on a line."""
    if line.depth or line.in_code or line.text[:1] in " \t" or not line.bare:
        return False
    words = fold(_LINK.sub("", line.bare).strip("*_<>[]() "))
    if not words or len(words) > _LONGEST_SENT_FROM:
        return False
    if words.endswith(("?", ",", ":")):
        return False
    if words.startswith(_surely_sent_from()):
        return True
    return words.startswith(_maybe_sent_from()) and has_any(words, phrases("signatures", "devices"))


def closing_at(lines: list[Line]) -> int | None:
    """The line of a closing ("Kind regards") that only a name and contacts follow, or None."""
    for number in range(len(lines) - 1, max(0, len(lines) - 40), -1):
        line = lines[number]
        if line.depth or line.in_code or not line.bare or len(line.bare) > 60:
            continue
        if fold(line.bare).strip(" ,.!;-–—*_…") in phrases("signatures", "regards"):
            after = [one.bare for one in lines[number + 1 :] if one.bare]
            fits = len(after) <= _MOST_AFTER_REGARDS and all(len(one) <= 120 for one in after)
            return number if fits and not any(one.endswith("?") for one in after) else None
    return None


def formal_signature_at(lines: list[Line]) -> int | None:
    """Where a signature begins that is no part of the message, or None.

    That is a closing with more than a name below (a function, a firm, contacts), an abbreviated one ("Mvh"), or
    the Scandinavian "/Ann". A closing in full words above a mere name ends the message and stays.
    """
    start = closing_at(lines)
    if start is not None:
        below = sum(1 for line in lines[start + 1 :] if line.bare)
        return start if below > 1 or (below == 1 and len(lines[start].bare.strip(" ,.!")) <= 4) else None
    last = len(lines) - 1
    return last if last > 0 and _SLASHED_NAME.match(lines[last].bare) and not lines[last].depth else None


def guessed_signature_at(lines: list[Line]) -> int | None:
    """Where a closing, contacts below a rule, or a name seem to begin; None where nothing does."""
    for find in (closing_at, _after_rule, _name_block, _signed_with_dash):
        start = find(lines)
        if start is not None:
            return start
    return None


def _after_rule(lines: list[Line]) -> int | None:
    for number in range(len(lines) - 1, 0, -1):
        if not _RULE.match(lines[number].bare):
            continue
        after = [one.bare for one in lines[number + 1 :] if one.bare]
        short = bool(after) and len(after) <= 20 and all(len(one) <= _LONGEST_NAME_LINE for one in after)
        return number if short and any(_CONTACT.search(one) for one in after) else None
    return None


def _name_block(lines: list[Line]) -> int | None:
    """The last paragraph, where it is two to ten short lines, begins like a name and holds a contact."""
    end = len(lines)
    start = end
    while start > 0 and lines[start - 1].bare:
        start -= 1
    block = [one.bare for one in lines[start:end]]
    if start == 0 or not 2 <= len(block) <= 10 or any(len(one) > _LONGEST_NAME_LINE for one in block):
        return None
    named = _looks_like_name(block[0])
    closing = fold(block[-1])
    contact = any(_CONTACT.search(one) for one in block[1:]) or closing.startswith(("via ", "sent "))
    return start if named and contact else None


def _signed_with_dash(lines: list[Line]) -> int | None:
    """'/Ann', '//Ann' or '-Ann' as the last line."""
    last = len(lines) - 1
    return last if last > 0 and _DASHED_NAME.match(lines[last].bare) and not lines[last].depth else None


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= 5 and words[0][:1].isupper() and not text.endswith((".", "?", "!", ":"))


@cache
def _surely_sent_from() -> tuple[str, ...]:
    return tuple(phrases("signatures", "sent_from_my") | phrases("signatures", "get_app"))


@cache
def _maybe_sent_from() -> tuple[str, ...]:
    return tuple(phrases("signatures", "sent_from"))

"""Lines that announce an older message: "-----Original Message-----", "Begin forwarded message:"."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from .lines import Line
from .patterns import fold, last_end, phrases

Kind = Literal["original", "forwarded"]
_FRAME = re.compile(r"^[\s*_|<]*([-=_–—~#]{2,})?[\s*_]*(.*?)[\s*_>]*([-=_–—~#]{2,})?[\s*_]*$")
_LONGEST = 120


def marker_kind(line: Line, next_is_label: bool) -> Kind | None:
    """What the line announces, or None. `next_is_label`: a From/Subject line of a header block comes next."""
    if not line.bare or len(line.bare) > _LONGEST:
        return None
    left, words, right = _FRAME.match(line.bare).groups()  # type: ignore[union-attr]
    framed = bool(left and len(left) >= 2 and (right or next_is_label))
    bare = fold(words).rstrip(":： .®")
    if not bare:
        return None
    announced = framed or words.rstrip().endswith((":", "：", "®")) or next_is_label
    for kind in ("forwarded", "original"):
        if _begins(bare, phrases("markers", kind), has_company=framed) and announced:
            return kind
    if framed and next_is_label and len(bare) < 60:
        return "forwarded" if _sounds_forwarded(bare) else "original"
    if (
        framed
        and len(left or "") >= 4
        and last_end(bare, phrases("markers", "message")) >= 0
        and len(bare) < 40
    ):
        return "original"
    return None


def _begins(bare: str, wanted: frozenset[str], *, has_company: bool) -> bool:
    """True for a phrase alone, or with more words ("by Ann on Monday") where dashes frame the line."""
    if bare in wanted:
        return True
    if not has_company and not bare.endswith(tuple("0123456789")) and " by " not in f"{bare} ":
        return False
    return any(bare.startswith(phrase + " ") for phrase in _long_phrases(wanted))


@cache
def _long_phrases(wanted: frozenset[str]) -> tuple[str, ...]:
    return tuple(phrase for phrase in wanted if len(phrase) > 8)


def _sounds_forwarded(bare: str) -> bool:
    return bool(re.search(r"\b(?:fwd|forward)", bare))

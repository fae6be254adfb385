"""A body as lines that know how deeply they are quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTE = re.compile(r"^[ \t]{0,3}((?:>[ \t]?){1,60})")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_MOST_CHARACTERS = 300_000
_MOST_LINES = 6_000
_LONGEST_EXAMINED = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """`text` as written; `bare` without quote marks and invisible characters, cut to a length rules can bear."""

    text: str
    bare: str
    depth: int
    in_code: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.bare


def split_lines(text: str) -> tuple[list[Line], str]:
    """The lines that rules examine, and the remainder of a very long text, which they do not."""
    examined = text[:_MOST_CHARACTERS]
    if len(text) > _MOST_CHARACTERS:
        examined = examined[: examined.rfind("\n") + 1] or examined
    raw_lines = examined.split("\n")
    if len(raw_lines) > _MOST_LINES:
        examined = "\n".join(raw_lines[:_MOST_LINES]) + "\n"
        raw_lines = raw_lines[:_MOST_LINES]
    return _read(raw_lines), text[len(examined) :]


def join_lines(lines: list[Line]) -> str:
    """The lines as written, without blank ones around them."""
    return "\n".join(line.text.rstrip() for line in lines).strip("\n")


def without_quote_marks(lines: list[Line], *, surely_quoted: bool = False) -> list[Line]:
    """The lines one level less quoted: where all of them are, or where it is known that lost marks are an accident."""
    if not surely_quoted and not all(line.depth or line.is_blank for line in lines):
        return lines
    return _read([re.sub(r"^\s{0,3}> ?", "", line.text) for line in lines])


def _read(raw_lines: list[str]) -> list[Line]:
    lines: list[Line] = []
    fences = [number for number, raw in enumerate(raw_lines) if _FENCE.match(raw)]
    fenced = _fenced_ranges(fences)
    for number, raw in enumerate(raw_lines):
        if lines and _is_broken_address(lines[-1], raw):
            lines.append(Line(raw, raw.strip(), 0))
            continue
        examined = _INVISIBLE.sub("", raw[:_LONGEST_EXAMINED])
        marks = _QUOTE.match(examined)
        depth = marks.group(1).count(">") if marks else 0
        bare = examined[marks.end() :].strip() if marks else examined.strip()
        lines.append(Line(raw, bare, depth, number in fenced))
    return lines


def _is_broken_address(above: Line, raw: str) -> bool:
    """'Ann <ann@example.com' broken before its '> wrote:': the mark closes the address, it quotes nothing."""
    if above.depth or not raw.startswith(">") or not raw.rstrip().endswith((":", "：")) or len(raw) > 60:
        return False
    return above.bare.rfind("<") > above.bare.rfind(">")


def _fenced_ranges(fences: list[int]) -> set[int]:
    inside: set[int] = set()
    for start, end in zip(fences[::2], fences[1::2], strict=False):
        inside.update(range(start, end + 1))
    return inside

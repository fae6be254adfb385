"""What changed between two versions of a text, line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Protocol

from opora.core.html import html_to_text

AROUND = 2
"""Unchanged lines that are shown beside a change."""


class Worded(Protocol):
    title: str
    body: str


@dataclass(frozen=True)
class Line:
    """A line of a comparison: same, added, removed, or “gap” where unchanged lines are left out."""

    kind: str
    text: str


def differences(before: Worded, after: Worded) -> list[Line]:
    """Return the lines that differ between the readable texts, with two unchanged lines around each place."""
    old, new = _lines(before), _lines(after)
    shown: list[Line] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] > 0:
            shown.append(Line("gap", "…"))
        for tag, from_old, to_old, from_new, to_new in group:
            if tag == "equal":
                shown += [Line("same", text) for text in old[from_old:to_old]]
                continue
            shown += [Line("removed", text) for text in old[from_old:to_old]]
            shown += [Line("added", text) for text in new[from_new:to_new]]
    return shown


def _lines(one: Worded) -> list[str]:
    return [one.title, *(line.rstrip() for line in html_to_text(one.body).splitlines() if line.strip())]

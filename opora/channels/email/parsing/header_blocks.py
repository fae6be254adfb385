"""The From/Sent/To/Subject lines mail programs print above an older message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from .lines import Line
from .patterns import fold, load

_LABEL = re.compile(r"^[\s*_|]{0,8}([^\W\d_][^:：\n*]{0,30}?)[\s*_]{0,4}[:：][ \t*_]{0,6}(.*)$", re.DOTALL)
_MOST_LINES = 40
_CONTINUATION = 3


@dataclass(slots=True)
class HeaderBlock:
    """Lines start to end (exclusive) and the value of each role: from, date, to, cc, subject, reply_to."""

    start: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def is_convincing(self) -> bool:
        """A sender and at least one more of date, recipient and subject: too much for a coincidence."""
        others = len({"date", "to", "subject", "cc"} & self.fields.keys())
        if "from" not in self.fields:
            has_moment = bool(re.search(r"\d{1,2}[:.]\d\d", self.fields.get("date", "")))
            return (
                "to" in self.fields and has_moment and ("subject" in self.fields or "@" in self.fields["to"])
            )
        return others >= 2 or (others == 1 and "@" in self.fields["from"])


def label_of(bare: str) -> tuple[str, str] | None:
    """(role, value) of a line that begins with a known label; None for any other line."""
    match = _LABEL.match(bare)
    role = _roles().get(fold(match.group(1))) if match else None
    return (role, match.group(2).strip().rstrip("*").strip()) if match and role else None


def read_block(lines: list[Line], start: int) -> HeaderBlock | None:
    """The block that begins at `start`, convincing or not; None where no labelled line stands there."""
    block = HeaderBlock(start, start)
    depth, last, number = lines[start].depth, "", start
    while number < min(len(lines), start + _MOST_LINES):
        line = lines[number]
        labelled = label_of(line.bare) if line.depth == depth else None
        if labelled and labelled[0] != "other" and labelled[0] in block.fields:
            break
        if labelled:
            last = labelled[0]
            block.fields.setdefault(*labelled)
        elif not last or not _continues(lines, number, block, last):
            break
        elif not line.is_blank:
            block.fields[last] += f" {line.bare}"
        number += 1
        if labelled or not line.is_blank:
            block.end = number
    block.fields.pop("other", None)
    return block if block.end > start else None


def split_glued(bare: str, fewest: int = 3) -> list[str]:
    """A header block some programs glue into one line, as its lines: 'From: A <a@b.c>To: D…Subject: E'.

    Fewer than `fewest` roles, or none of them a sender, are no block: the line comes back whole.
    """
    cuts: list[int] = []
    seen: set[str] = set()
    for match in _glued_labels().finditer(bare):
        role = _roles()[fold(match.group(1))]
        if role not in seen:
            seen.add(role)
            cuts.append(match.start(1))
    if len(seen - {"other"}) < fewest or "from" not in seen:
        return [bare]
    edges = [0, *(cut for cut in cuts if cut), len(bare)]
    return [piece for left, right in pairwise(edges) if (piece := bare[left:right].strip())]


def _continues(lines: list[Line], number: int, block: HeaderBlock, last: str) -> bool:
    """True where the line goes on with the value above it: an address list is open, or a new label follows soon."""
    if lines[number - 1].bare.endswith((",", ";", "<")) and last in ("to", "cc", "bcc", "from"):
        return not lines[number].is_blank
    for ahead in lines[number : number + _CONTINUATION]:
        labelled = label_of(ahead.bare)
        if labelled and ahead.depth == lines[block.start].depth:
            return labelled[0] not in block.fields and labelled[0] != "other"
    return False


@cache
def _roles() -> dict[str, str]:
    found: dict[str, str] = {}
    for labels in load("header_labels").values():
        for role, names in labels.items():
            for name in names:
                found.setdefault(fold(name), role)
    return found


@cache
def _glued_labels() -> re.Pattern[str]:
    """Labels in running text: a long one anywhere, a single letter only after a space or an address."""
    names = {name for labels in load("header_labels").values() for one in labels.values() for name in one}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    long = "|".join(re.escape(name) for name in ordered if len(name) > 1)
    short = "|".join(re.escape(name) for name in ordered if len(name) == 1)
    return re.compile(rf"((?:{long})|(?<=[>\s])(?:{short}))\s?[:：]")

"""Cuts a plain-text body into what is new, what is quoted, and the signature."""

from __future__ import annotations

from dataclasses import dataclass

from .lines import Line, join_lines
from .signatures import formal_signature_at, guessed_signature_at, is_delimiter, is_sent_from
from .splits import Split, find_split, read_lines

_TRAILING_MARKS = set("-_=*#~+—–ᐧ| \t")


@dataclass(frozen=True, slots=True)
class Cut:
    """`reply` has lost quotes and delimited signatures; `unsigned` has lost a merely guessed signature as well.

    `is_interleaved`: answers stand between quoted lines, so the quotes were kept for their context.
    """

    reply: str
    quoted: str
    signature: str
    unsigned: str
    is_interleaved: bool = False

    @property
    def found_quote(self) -> bool:
        return bool(self.quoted.strip())


def cut_reply(text: str) -> Cut:
    """Splits a body of any language and mail program; a body without quote or signature comes back whole."""
    lines, remainder = read_lines(text)
    body, older = _cut_older(lines)
    body, signature = _cut_signature(body)
    quotes_before = any(line.depth for line in body)
    body, inner = _cut_marked_quotes(body)
    quoted = "\n\n".join(part for part in (join_lines(inner), join_lines(older)) if part)
    body = _without_trailing_marks(body)
    closing = formal_signature_at(body)
    if closing is not None:
        signature = join_lines(body[closing:]) + ("\n\n" + signature if signature else "")
        body = _without_trailing_marks(body[:closing])
    reply = join_lines(body).strip()
    if remainder and not older:
        reply += "\n" + remainder.rstrip()
    unsigned = reply
    if not signature and not remainder:
        unsigned, signature = _guess_signature(body, reply)
    return Cut(reply, quoted, signature.strip(), unsigned, is_interleaved=quotes_before and not inner)


def _cut_older(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Cuts at the first announcement below which the older message runs to the end without quote marks."""
    start = 0
    while (split := find_split(lines, start)) is not None:
        if lines[split.start].depth:
            start = split.end  # inside a quote that is marked as such
        elif split.kind == "attribution" and _is_marked(lines, split):
            start = split.end
        else:
            return _up_to(lines, split), lines[split.start :]
        start = max(start, split.start + 1)
    return lines, []


def _is_marked(lines: list[Line], split: Split) -> bool:
    return split.end < len(lines) and lines[split.end].depth > 0


def _up_to(lines: list[Line], split: Split) -> list[Line]:
    kept = lines[: split.start]
    if split.column:
        kept.append(_shortened(lines[split.start], split.column))
    return kept


def _shortened(line: Line, column: int) -> Line:
    left = line.bare[:column].rstrip()
    return Line(left, left, line.depth)


def _cut_signature(lines: list[Line]) -> tuple[list[Line], str]:
    """Cuts at the first signature delimiter or "Sent from my" line that has text above it."""
    written = False
    for number, line in enumerate(lines):
        if written and _begins_signature(lines, number) and not _reply_follows(lines, number):
            end = next((n for n in range(number, len(lines)) if lines[n].depth), len(lines))
            end = _attribution_before(lines, number, end)
            return lines[:number] + lines[end:], join_lines(lines[number:end])
        written = written or bool(line.bare and not line.depth)
    return lines, ""


def _begins_signature(lines: list[Line], number: int) -> bool:
    """A delimiter; or the line of a phone, which ends its paragraph."""
    line = lines[number]
    if is_delimiter(line):
        return True
    ends_paragraph = number + 1 == len(lines) or not lines[number + 1].bare or lines[number + 1].depth > 0
    return is_sent_from(line) and (ends_paragraph or is_sent_from(lines[number + 1]))


def _reply_follows(lines: list[Line], number: int) -> bool:
    """True where quotes and then unmarked text come below: the answer is at the bottom or in between."""
    quoted = False
    for line in lines[number + 1 :]:
        if quoted and line.bare and not line.depth and not is_delimiter(line) and not is_sent_from(line):
            return True
        quoted = quoted or line.depth > 0
    return False


def _attribution_before(lines: list[Line], start: int, end: int) -> int:
    """Where the attribution above the quote at `end` begins, so that it leaves with its quote."""
    split = find_split(lines[:end] + lines[end : end + 1], start + 1) if end < len(lines) else None
    return split.start if split and split.kind == "attribution" and split.start < end else end


def _cut_marked_quotes(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Removes quotes marked with ">"; where answers stand between them, everything is kept for its context."""
    runs = _runs(lines)
    kinds = "".join(kind for kind, _ in runs)
    if "q" not in kinds or _is_interleaved(kinds) or _is_by_hand(kinds, runs):
        return lines, []
    kept = [line for kind, run in runs if kind == "t" for line in run]
    return kept, [line for kind, run in runs if kind != "t" for line in run]


def _is_interleaved(kinds: str) -> bool:
    """t text, a attribution, q quote: an answer between two quotes, or below one that nothing announces."""
    spoken = kinds.replace("a", "")
    return "qtq" in spoken or ("qt" in spoken and "a" not in kinds)


def _is_by_hand(kinds: str, runs: list[tuple[str, list[Line]]]) -> bool:
    """One marked line below the text that nothing announces: no mail program quotes so."""
    return kinds == "tq" and sum(1 for line in runs[1][1] if line.bare) == 1


def _runs(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """The lines grouped into runs; blank lines go with the run above them."""
    marks = ["q" if line.depth else "t" for line in lines]
    _mark_wrapped_links(lines, marks)
    columns: dict[int, int] = {}
    start = 0
    while (split := find_split(lines, start)) is not None:
        if split.kind == "attribution" and not lines[split.start].depth:
            for number in range(split.start, split.end):
                marks[number] = "a"
            columns[split.start] = split.column
        start = max(split.end, split.start + 1)
    runs: list[tuple[str, list[Line]]] = []
    for number, line in enumerate(lines):
        if columns.get(number):
            runs.append(("t", [_shortened(line, columns[number])]))
        if runs and (runs[-1][0] == marks[number] or line.is_blank):
            runs[-1][1].append(line)
        else:
            runs.append((marks[number], [line]))
    return [run for run in runs if run[0] != "t" or any(line.bare for line in run[1])]


def _mark_wrapped_links(lines: list[Line], marks: list[str]) -> None:
    """The unmarked rest of a long link that a mail program wrapped inside a quote belongs to the quote."""
    for number in range(1, len(lines) - 1):
        line = lines[number]
        wrapped = "http" in lines[number - 1].bare and line.bare and " " not in line.bare
        if wrapped and not line.depth and lines[number - 1].depth and lines[number + 1].depth:
            marks[number] = "q"


def _without_trailing_marks(lines: list[Line]) -> list[Line]:
    end = len(lines)
    while end and (
        lines[end - 1].is_blank or (not lines[end - 1].depth and set(lines[end - 1].bare) <= _TRAILING_MARKS)
    ):
        end -= 1
    return lines[:end]


def _guess_signature(body: list[Line], reply: str) -> tuple[str, str]:
    start = guessed_signature_at(body)
    if start is None:
        return reply, ""
    unsigned = join_lines(_without_trailing_marks(body[:start])).strip()
    return (unsigned, join_lines(body[start:])) if unsigned else (reply, "")

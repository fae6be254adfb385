"""Why a text was found: its best passage with the matching words marked."""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from opora.search.matching import Clause, Match, Run, expand
from opora.search.query import TextQuery
from opora.search.words import clean, fold, tokens, words, words_of_chunk

_WIDTH = 240  # characters of a passage
_BEFORE = 60  # of them before its first marked word
_READ = 100_000  # characters of a text that are looked at
_MOST_MARKS = 200  # of one clause that are looked at


class _Mark(NamedTuple):
    start: int
    end: int
    clause: int


def highlight(text: str, query: TextQuery | Match, *, width: int = _WIDTH) -> SafeString:
    """Return the passage of `text`, about `width` characters long, that says most of `query`, as safe HTML.

    Matching words, in whatever inflection, stand in `<mark>`; cut ends get an ellipsis. For many texts `expand`
    the query once. A text without a match gives its beginning.
    """
    text = " ".join(clean(text[:_READ]).split())
    match = expand(query)
    marks = _marks(_Text(text), match.must)
    start, end = _passage(text, marks, width)
    inside = [mark for mark in marks if start <= mark.start and mark.end <= end]
    pieces = _pieces(text, inside, start, end)
    return mark_safe(("…" if start else "") + "".join(pieces) + ("…" if end < len(text) else ""))  # noqa: S308


class _Text:
    """A text as the tokens of the index; where a token stands is worked out for those that match."""

    def __init__(self, text: str) -> None:
        self.chunks = text.split()
        folded = fold(text).split()
        aligned = folded if len(folded) == len(self.chunks) else [fold(chunk) for chunk in self.chunks]
        self.starts = [0, *accumulate(len(chunk) + 1 for chunk in self.chunks)]
        found = [words_of_chunk(chunk) if " " not in chunk else tuple(words(chunk)) for chunk in aligned]
        self.words = [word for chunk in found for word in chunk]
        self.owners = [(number, place) for number, chunk in enumerate(found) for place in range(len(chunk))]

    def place(self, word: int) -> tuple[int, int]:
        """Return where the token number `word` starts and ends."""
        number, place = self.owners[word]
        found = list(tokens(self.chunks[number]))
        start = self.starts[number]
        if place >= len(found):
            return start, start + len(self.chunks[number])
        return start + found[place].start, start + found[place].end


def _marks(text: _Text, clauses: Sequence[Clause]) -> list[_Mark]:
    """Return the places that some clause names, in order and without overlaps."""
    marks = []
    for number, clause in enumerate(clauses):
        for at, length in _places(text.words, clause)[:_MOST_MARKS]:
            ends = [text.place(word)[1] for word in range(at, at + length)]
            marks.append(_Mark(text.place(at)[0], max(ends), number))
    return _without_overlaps(sorted(marks, key=lambda mark: (mark.start, -mark.end)))


def _places(words: Sequence[str], clause: Clause) -> list[tuple[int, int]]:
    single = {run.tokens[0] for run in clause.runs if len(run.tokens) == 1 and not run.starts}
    longer = [run for run in clause.runs if len(run.tokens) > 1 or run.starts]
    places = [(place, 1) for place, word in enumerate(words) if word in single]
    return places + [
        (at, len(run.tokens)) for run in longer for at in range(len(words)) if _begins(words, at, run)
    ]


def _begins(words: Sequence[str], at: int, run: Run) -> bool:
    *whole, last = run.tokens
    end = at + len(whole)
    if end >= len(words) or list(words[at:end]) != whole:
        return False
    return words[end].startswith(last) if run.starts else words[end] == last


def _without_overlaps(marks: Sequence[_Mark]) -> list[_Mark]:
    kept: list[_Mark] = []
    for mark in marks:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _passage(text: str, marks: Sequence[_Mark], width: int) -> tuple[int, int]:
    """Return the window that shows the most different clauses, then the most marks, then comes first."""
    best, best_worth = 0, (0, 0)
    for number, first in enumerate(marks):
        inside = [mark for mark in marks[number : number + 40] if mark.end <= first.start + width - _BEFORE]
        worth = (len({mark.clause for mark in inside}), len(inside))
        if worth > best_worth:
            best, best_worth = first.start, worth
    start = _word_start(text, max(0, min(best - _BEFORE, len(text) - width)), latest=best)
    return start, _word_end(text, start + width)


def _word_start(text: str, place: int, *, latest: int) -> int:
    space = text.find(" ", place - 1, latest) if place else -1
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", max(0, place - 30), place)
    return space if space >= 0 else place


def _pieces(text: str, marks: Sequence[_Mark], start: int, end: int) -> list[str]:
    pieces, done = [], start
    for mark in marks:
        pieces += [escape(text[done : mark.start]), "<mark>", escape(text[mark.start : mark.end]), "</mark>"]
        done = mark.end
    return [*pieces, escape(text[done:end])]

"""The order of results, from what both databases know alike: where the words stand, and how new the document is.

Word statistics (BM25, ts_rank) are not used: they differ between the databases, and a word in 300,000 tickets
costs more to weigh than to find.
"""

from collections.abc import Sequence
from typing import NamedTuple

from opora.search.documents import Head
from opora.search.keys import id_of
from opora.search.matching import Clause, Match, Run
from opora.search.models import Document

CANDIDATES = 120
PHRASE_CANDIDATES = 60
TITLE_CANDIDATES = 60

_BODY, _PEOPLE, _TITLE, _CODES = 1.0, 3.0, 4.0, 6.0
_SIDE_BY_SIDE = 2.0  # all the words of the query, in its order, in the title
_NEWEST = 1.5  # falls to 0 with the last candidate


class Hit(NamedTuple):
    """A document found; a higher `rank` is better, and means nothing beyond one query."""

    id: int
    rank: float


def rank(match: Match, *, newest: Sequence[int], titled: Sequence[int]) -> list[Hit]:
    """Return the candidates `newest` and `titled` (keys, highest first) as hits, best first."""
    keys = sorted({*newest, *titled}, reverse=True)
    columns = ("key", "title", "people", "codes")
    heads = {key: Head(*texts) for key, *texts in Document.objects.filter(key__in=keys).values_list(*columns)}
    scored = [
        (round(_score(match, heads[key]) + _NEWEST * (1 - place / len(keys)), 4), key)
        for place, key in enumerate(keys)
        if key in heads
    ]
    return [Hit(id_of(key), score) for score, key in sorted(scored, reverse=True)]


def _score(match: Match, head: Head) -> float:
    fields = [(f" {head.codes} ", _CODES), (f" {head.title} ", _TITLE), (f" {head.people} ", _PEOPLE)]
    scores = [_clause_score(clause, fields) for clause in match.must]
    together = len(scores) > 1 and _in_order(match, f" {head.title} ")
    return sum(scores) / len(scores) + (_SIDE_BY_SIDE if together else 0.0)


def _clause_score(clause: Clause, fields: list[tuple[str, float]]) -> float:
    return max((weight for text, weight in fields if _stands_in(clause, text)), default=_BODY)


def _stands_in(clause: Clause, text: str) -> bool:
    return any(_padded(run) in text for run in clause.runs)


def _padded(run: Run) -> str:
    return f" {' '.join(run.tokens)}" + ("" if run.starts else " ")


def _in_order(match: Match, title: str) -> bool:
    """Tell whether some place of `title` starts the forms of all clauses one after another."""
    words = title.split()
    wanted = [{run.tokens[0] for run in clause.runs} for clause in match.must]
    starts = range(len(words) - len(wanted) + 1)
    return any(all(words[start + step] in forms for step, forms in enumerate(wanted)) for start in starts)

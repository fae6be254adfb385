"""A text query as the index understands it: clauses of alternatives, each a run of tokens side by side."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from opora.search.inflections import forms_of
from opora.search.query import Not, Phrase, TextQuery, Words
from opora.search.words import fold, is_unspaced, tokens, words

TITLE = "¶"  # before a token: it stands in the title
# Between the texts of a document and at its start: no phrase reaches across, and every document has one.
BORDER = "¦"
QUERY_WORDS = 32
STARTS_LENGTH = 3  # a shorter beginning is taken as a whole word: too many words start so


@dataclass(frozen=True)
class Run:
    """Tokens side by side; with `starts`, the last is only the beginning of a word."""

    tokens: tuple[str, ...]
    starts: bool = False


@dataclass(frozen=True)
class Clause:
    """Alternatives, any of which will do."""

    runs: tuple[Run, ...]
    in_title: bool = False


@dataclass(frozen=True)
class Match:
    """Every clause of `must` and none of `must_not`; false when nothing was asked."""

    must: tuple[Clause, ...]
    must_not: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.must)

    @property
    def has_phrases(self) -> bool:
        """Whether some words must stand side by side, which is dear to check on PostgreSQL."""
        return any(len(run.tokens) > 1 for clause in self.must for run in clause.runs)

    def in_title(self) -> "Match":
        """Return the same demands, made of the title alone."""
        titled = tuple(
            clause if clause == _ANY_DOCUMENT else replace(clause, in_title=True) for clause in self.must
        )
        return Match(titled, self.must_not)


_ANY_DOCUMENT = Clause((Run((BORDER,)),))


def expand(query: TextQuery | Match) -> Match:
    """Return `query` widened to the forms that occur; at most `QUERY_WORDS` words are looked at."""
    if isinstance(query, Match):
        return query
    wanted = list(_wanted(query))
    must = [clause for clause, negated in wanted if not negated][:QUERY_WORDS]
    must_not = [clause for clause, negated in wanted if negated][:QUERY_WORDS]
    forms = forms_of(
        {run.tokens[0] for clause in must + must_not if clause.inflects for run in clause.clause.runs}
    )
    demands = tuple(_widen(clause, forms) for clause in must)
    refusals = tuple(_widen(clause, forms) for clause in must_not)
    return Match(demands or (_ANY_DOCUMENT,) if refusals else demands, refusals)


@dataclass(frozen=True)
class _Wanted:
    clause: Clause
    inflects: bool = False


def _wanted(query: TextQuery) -> Iterator[tuple[_Wanted, bool]]:
    for part in query.parts:
        negated = isinstance(part, Not)
        inner = part.part if isinstance(part, Not) else part
        clauses = list(_phrase(inner) if isinstance(inner, Phrase) else _words(inner))
        if negated and len(clauses) > 1:
            clauses = list(_phrase(Phrase(inner.text, in_title=inner.in_title)))
        yield from ((clause, negated) for clause in clauses)


def _phrase(phrase: Phrase) -> Iterator[_Wanted]:
    run = tuple(words(phrase.text))[:QUERY_WORDS]
    if run:
        yield _Wanted(Clause((Run(run),), in_title=phrase.in_title))


def _words(wanted: Words) -> Iterator[_Wanted]:
    chunks = fold(wanted.text).split()
    for place, chunk in enumerate(chunks, start=1):
        runs = list(_runs(chunk))
        for number, run in enumerate(runs, start=1):
            last = place == len(chunks) and number == len(runs)
            starts = wanted.starts and last and len(run[-1]) >= STARTS_LENGTH
            clause = Clause((Run(run, starts=starts),), in_title=wanted.in_title)
            yield _Wanted(clause, inflects=len(run) == 1 and not starts)


def _runs(chunk: str) -> Iterator[tuple[str, ...]]:
    """Yield what `chunk` asks for: a mail address whole, a code in order, a hyphened word as its words."""
    found, end = [], 0
    for token in tokens(chunk):
        if token.start >= end:
            found.append(token)
        end = max(end, token.end) if token.compound else end
    if any(is_unspaced(token.text) or any(map(str.isdigit, token.text)) for token in found) and not any(
        token.compound for token in found
    ):
        yield tuple(token.text for token in found)[:QUERY_WORDS]
    else:
        yield from ((token.text,) for token in found)


def _widen(wanted: _Wanted, forms: dict[str, tuple[str, ...]]) -> Clause:
    if not wanted.inflects:
        return wanted.clause
    word = wanted.clause.runs[0].tokens[0]
    return replace(wanted.clause, runs=tuple(Run((form,)) for form in forms[word]))

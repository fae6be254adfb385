"""A narrow table of `tsvector` with a GIN index; lexemes are our tokens, so no text search configuration is used.

Weight A marks the short fields, D the body. Reading happens mostly in functions (see the migration),
because how far to look depends on what was found.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from opora.search.documents import Entry, Head
from opora.search.keys import ID_MASK, KeyRange
from opora.search.matching import TITLE, Clause, Match, Run

_LEXEMES = 40_000  # what is added to a document that has more is not indexed: a tsvector holds one megabyte
_INDEX = "CREATE INDEX search_text_words ON search_text USING gin (words) WITH (fastupdate = off)"
_MATCHES = "words @@ %s::tsquery AND key BETWEEN %s AND %s AND search_dear(key)"


class PostgreSQL:
    """See `Dialect`."""

    def write(self, entries: Sequence[Entry], *, fresh: bool) -> None:
        rows = [(entry.key, _tsvector(head=entry.head.words, body=entry.body)) for entry in entries]
        with connection.cursor() as cursor:
            if fresh:
                with cursor.copy("COPY search_text (key, words) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                return
            cursor.executemany(
                "INSERT INTO search_text (key, words) VALUES (%s, %s)"
                " ON CONFLICT (key) DO UPDATE SET words = excluded.words",
                rows,
            )

    def add(self, key: int, part: list[str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_text SET words = words || %s::tsvector WHERE key = %s AND length(words) < %s",
                [_tsvector(body=part), key, _LEXEMES],
            )

    def change_head(self, key: int, head: Head) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_text SET words = %s::tsvector || ts_filter(words, '{d}') WHERE key = %s",
                [_tsvector(head=head.words), key],
            )

    def remove(self, keys: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text WHERE key = ANY(%s)", [list(keys)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text")

    def newest(self, match: Match, keys: KeyRange, *, limit: int) -> list[int]:
        sql, params = _latest(match, keys, limit)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return [key for (key,) in cursor.fetchall()]

    def count(self, match: Match, keys: KeyRange, *, cap: int) -> int:
        sql, params = _latest(match, keys, cap)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({sql}) AS matching", params)  # noqa: S608
            return cursor.fetchone()[0]

    def ids_sql(self, match: Match, keys: KeyRange) -> tuple[str, list]:
        if match.has_phrases:
            sql, params = _latest(match, keys, None)
            return f"SELECT key & {ID_MASK} FROM ({sql}) AS matching", params  # noqa: S608
        return f"SELECT key & {ID_MASK} FROM search_text WHERE {_MATCHES}", [_tsquery(match), *keys]  # noqa: S608

    def start_building(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX IF EXISTS search_text_words")

    def finish_building(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '256MB'")
            cursor.execute(_INDEX)
            cursor.execute("RESET maintenance_work_mem")
            cursor.execute("ANALYZE search_text")


def _latest(match: Match, keys: KeyRange, limit: int | None) -> tuple[str, list]:
    """Return a SELECT of the matching keys, highest first, and its parameters."""
    if match.has_phrases:
        query, loose = _tsquery(match), _tsquery(match, loose=True)
        return "SELECT key FROM search_phrase(%s::tsquery, %s::tsquery, %s, %s, %s) AS key", [
            query,
            loose,
            *keys,
            limit,
        ]
    return "SELECT key FROM search_latest(%s::tsquery, %s, %s, %s) AS key", [_tsquery(match), *keys, limit]


def _tsvector(*, head: Iterable[str] = (), body: Iterable[str] = ()) -> str:
    places: dict[str, list[str]] = defaultdict(list)
    short = list(head)
    for place, token in enumerate(short, start=1):
        places[token].append(f"{place}A")
    for place, token in enumerate(body, start=len(short) + 1):
        places[token].append(str(place))
    return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())


def _tsquery(match: Match, *, loose: bool = False) -> str:
    """Return `match` as the text of a tsquery; a loose one finds more: words of a phrase may stand anywhere."""
    must_not: Sequence[Clause] = [] if loose and _has_phrases(match.must_not) else match.must_not
    between = " & " if loose else " <-> "
    return " & ".join(
        [
            *(_any_of(clause, between) for clause in match.must),
            *(f"!{_any_of(clause, between)}" for clause in must_not),
        ]
    )


def _has_phrases(clauses: Iterable[Clause]) -> bool:
    return any(len(run.tokens) > 1 for clause in clauses for run in clause.runs)


def _any_of(clause: Clause, between: str) -> str:
    return "(" + " | ".join(_side_by_side(run, clause, between) for run in clause.runs) + ")"


def _side_by_side(run: Run, clause: Clause, between: str) -> str:
    marked = (f"'{TITLE}{token}'" if clause.in_title else f"'{token}'" for token in run.tokens)
    return "(" + between.join(marked) + (":*" if run.starts else "") + ")"

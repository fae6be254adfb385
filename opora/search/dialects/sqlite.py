"""FTS5 without content: the index holds no text, so a row is deleted by repeating its tokens.

The tokens of bodies are therefore kept compressed in `search_body`. `contentless_delete` would spare that, but
needs SQLite 3.43, and adding a comment would need the old tokens all the same.
"""

import zlib
from collections.abc import Sequence

from django.db import connection

from opora.search.documents import Entry, Head
from opora.search.keys import ID_MASK, KeyRange
from opora.search.matching import TITLE, Clause, Match, Run
from opora.search.models import Document

_LARGEST_BODY = 4_000_000  # bytes of tokens; what is added to a larger document is not indexed
_BUILDING_MEMORY = 64 * 1024 * 1024
_NORMAL_MEMORY = 1024 * 1024


class SQLite:
    """See `Dialect`."""

    def write(self, entries: Sequence[Entry], *, fresh: bool) -> None:
        if not fresh:
            self.remove([entry.key for entry in entries])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_body (key, words) VALUES (%s, %s)",
                [(entry.key, _pack(entry.body)) for entry in entries],
            )
            cursor.executemany(
                "INSERT INTO search_text (rowid, words) VALUES (%s, %s)",
                [(entry.key, " ".join(entry.head.words + entry.body)) for entry in entries],
            )

    def add(self, key: int, part: list[str]) -> None:
        stored = _stored([key])
        if key not in stored or len(stored[key][1]) > _LARGEST_BODY:
            return
        head, body = stored[key]
        longer = f"{body} {' '.join(part)}"
        self._reindex(key, old=f"{head} {body}", new=f"{head} {longer}")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE search_body SET words = %s WHERE key = %s", [_pack_text(longer), key])

    def change_head(self, key: int, head: Head) -> None:
        stored = _stored([key])
        if key in stored:
            old, body = stored[key]
            self._reindex(key, old=f"{old} {body}", new=f"{' '.join(head.words)} {body}")

    def remove(self, keys: Sequence[int]) -> None:
        stored = _stored(keys)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_text (search_text, rowid, words) VALUES ('delete', %s, %s)",
                [(key, f"{head} {body}") for key, (head, body) in stored.items()],
            )
            cursor.executemany("DELETE FROM search_body WHERE key = %s", [(key,) for key in stored])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_text (search_text) VALUES ('delete-all')")
            cursor.execute("DELETE FROM search_body")

    def newest(self, match: Match, keys: KeyRange, *, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT rowid FROM search_text WHERE search_text MATCH %s AND rowid BETWEEN %s AND %s"
                " ORDER BY rowid DESC LIMIT %s",
                [_fts5(match), *keys, limit],
            )
            return [key for (key,) in cursor.fetchall()]

    def count(self, match: Match, keys: KeyRange, *, cap: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM (SELECT 1 FROM search_text WHERE search_text MATCH %s"
                " AND rowid BETWEEN %s AND %s LIMIT %s)",
                [_fts5(match), *keys, cap],
            )
            return cursor.fetchone()[0]

    def ids_sql(self, match: Match, keys: KeyRange) -> tuple[str, list]:
        return (
            f"SELECT rowid & {ID_MASK} FROM search_text WHERE search_text MATCH %s AND rowid BETWEEN %s AND %s",  # noqa: S608
            [_fts5(match), *keys],
        )

    def start_building(self) -> None:
        self._configure("hashsize", _BUILDING_MEMORY)

    def finish_building(self) -> None:
        self._configure("hashsize", _NORMAL_MEMORY)
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_text (search_text) VALUES ('optimize')")

    def _configure(self, option: str, value: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_text (search_text, rank) VALUES (%s, %s)", [option, value])

    def _reindex(self, key: int, *, old: str, new: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_text (search_text, rowid, words) VALUES ('delete', %s, %s)", [key, old]
            )
            cursor.execute("INSERT INTO search_text (rowid, words) VALUES (%s, %s)", [key, new])


def _stored(keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the head and body tokens of those of `keys` that are indexed."""
    heads = Document.objects.in_bulk(list(keys))
    bodies: dict[int, str] = {}
    with connection.cursor() as cursor:
        for key in heads:
            cursor.execute("SELECT words FROM search_body WHERE key = %s", [key])
            row = cursor.fetchone()
            if row:
                bodies[key] = zlib.decompress(row[0]).decode()
    return {
        key: (" ".join(Head(heads[key].title, heads[key].people, heads[key].codes).words), body)
        for key, body in bodies.items()
    }


def _pack(words: list[str]) -> bytes:
    return _pack_text(" ".join(words))


def _pack_text(text: str) -> bytes:
    return zlib.compress(text.encode(), level=3)


def _fts5(match: Match) -> str:
    must = " AND ".join(_any_of(clause) for clause in match.must)
    return " NOT ".join([f"({must})", *(_any_of(clause) for clause in match.must_not)])


def _any_of(clause: Clause) -> str:
    return "(" + " OR ".join(_side_by_side(run, clause) for run in clause.runs) + ")"


def _side_by_side(run: Run, clause: Clause) -> str:
    marked = (TITLE + token if clause.in_title else token for token in run.tokens)
    return " + ".join(f'"{token}"' for token in marked) + (" *" if run.starts else "")

"""The two databases behind one interface. All SQL of search is in this folder and in the migrations."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from opora.search.dialects.postgresql import PostgreSQL
from opora.search.dialects.sqlite import SQLite
from opora.search.documents import Entry, Head
from opora.search.keys import KeyRange
from opora.search.matching import Match


class Dialect(Protocol):
    """What an index must be able to do. Heads are kept by `index`, except where they are part of the text."""

    def write(self, entries: Sequence[Entry], *, fresh: bool) -> None:
        """Index `entries`, replacing what stood under their keys; `fresh` promises that nothing did."""

    def add(self, key: int, part: list[str]) -> None:
        """Add tokens to the document `key`; nothing happens when there is none."""

    def change_head(self, key: int, head: Head) -> None:
        """Replace the short fields of the document `key`, keeping its body."""

    def remove(self, keys: Sequence[int]) -> None:
        """Forget the documents `keys`."""

    def clear(self) -> None:
        """Forget everything."""

    def newest(self, match: Match, keys: KeyRange, *, limit: int) -> list[int]:
        """Return the highest keys that match, highest first."""

    def count(self, match: Match, keys: KeyRange, *, cap: int) -> int:
        """Count the matching keys, no further than `cap`."""

    def ids_sql(self, match: Match, keys: KeyRange) -> tuple[str, list]:
        """Return a SELECT of the ids that match, and its parameters."""

    def start_building(self) -> None:
        """Prepare for millions of documents."""

    def finish_building(self) -> None:
        """Make an index built in bulk as fast as it gets."""


DIALECTS: dict[str, Dialect] = {"sqlite": SQLite(), "postgresql": PostgreSQL()}


def dialect() -> Dialect:
    """Return the dialect of the database in use."""
    return DIALECTS[connection.vendor]

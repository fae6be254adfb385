"""Looking for words in texts without regard to case, the same in Python, on SQLite and on PostgreSQL.

SQLite compares only Latin letters without regard to case, and PostgreSQL as its collation says. A condition must find
“ЗАМОВЛЕННЯ” by “замовлення” in a list, in a rule and on both databases, so these lookups say themselves what is alike:
`subject__holds_text="…"` and `subject__holds_word="…"`.
"""

import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup, TextField

_NOT_LETTERS = re.compile(r"[\W_]+")


def holds_text(text: str | None, wanted: str) -> bool:
    """Whether `wanted` stands anywhere in the text."""
    return wanted.lower() in (text or "").lower()


def holds_word(text: str | None, wanted: str) -> bool:
    """Whether `wanted`, a word or several in a row, stands in the text as whole words; signs between do not count."""
    words = spaced(wanted)
    return len(words) > 1 and words in spaced(text or "")


def spaced(text: str) -> str:
    """Return the words of the text in lower case, each between two spaces: " ваше замовлення 17 "."""
    return f" {_NOT_LETTERS.sub(' ', text.lower()).strip()} ".replace("  ", " ")


class HoldsText(Lookup):
    """`column__holds_text`: the text stands anywhere in the column."""

    lookup_name = "holds_text"
    postgresql = 'strpos(lower(%s COLLATE "und-x-icu"), lower(%s COLLATE "und-x-icu")) > 0'

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, wanted, parameters = self._sides(compiler, connection)
        return f"opora_{self.lookup_name}({column}, {wanted})", parameters

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, wanted, parameters = self._sides(compiler, connection)
        return self.postgresql.replace("%s", column, 1).replace("%s", wanted, 1), parameters

    def _sides(self, compiler: Any, connection: Any) -> tuple[str, str, list[Any]]:
        column, left = self.process_lhs(compiler, connection)
        wanted, right = self.process_rhs(compiler, connection)
        return column, wanted, [*left, *right]


class HoldsWord(HoldsText):
    """`column__holds_word`: the words stand in the column as whole words, in this order."""

    lookup_name = "holds_word"
    postgresql = "strpos(' ' || trim(regexp_replace(lower(%s COLLATE \"und-x-icu\"), '[^[:alnum:]]+', ' ', 'g')) || ' ', %s) > 0"

    def get_prep_lookup(self) -> str:
        # PostgreSQL is handed the words as `spaced` writes them; SQLite's function spaces them again, to no harm.
        return spaced(str(self.rhs))


def teach(connection: BaseDatabaseWrapper, **_given: Any) -> None:
    """Make the two comparisons known to a new SQLite connection."""
    if connection.vendor == "sqlite":
        functions = {"opora_holds_text": holds_text, "opora_holds_word": holds_word}
        for name, function in functions.items():
            connection.connection.create_function(name, 2, function, deterministic=True)


def register() -> None:
    """Make the lookups known to text columns."""
    for column in (CharField, TextField):
        column.register_lookup(HoldsText)
        column.register_lookup(HoldsWord)

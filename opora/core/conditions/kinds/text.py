"""A text: a subject, an address, the words of a comment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opora.core.conditions.field import ConditionField
from opora.core.conditions.kinds.values import quoted, words_in
from opora.core.conditions.sentence import joined
from opora.core.refusals import Invalid
from opora.core.text import without_nulls
from opora.core.texts_alike import spaced

WORDS = ("includes_words", "not_includes_words")
STRING = ("includes_string", "not_includes_string")
LONGEST = 1000


@dataclass(frozen=True, kw_only=True)
class Text(ConditionField):
    """A property that is a text; an empty one counts as none. Words and parts are found in either case."""

    kind = "text"
    control = "text"
    comparisons = (*WORDS, *STRING, "is", "is_not", "present", "not_present")
    synonyms = {"includes": "includes_string", "not_includes": "not_includes_string"}

    def read(self, operator: str, value: Any) -> Any:
        if operator in WORDS:
            words = tuple(word for word in words_in(value) if spaced(word).strip())
            if not words:
                raise Invalid(_("Write at least one word."))
            return words
        text = without_nulls(" ".join(value) if isinstance(value, list) else str(value or ""))[:LONGEST]
        if not text.strip():
            raise Invalid(_("Write the text to compare with."))
        return text

    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        if operator in ("present", "not_present"):
            wanted = operator == "present"
            return lambda value, case: bool(value) is wanted
        if operator in WORDS:
            wanted, words = operator == "includes_words", [spaced(word) for word in operand]
            return lambda value, case: _any_word(words, value) is wanted
        if operator in STRING:
            wanted, part = operator == "includes_string", operand.lower()
            return lambda value, case: (part in (value or "").lower()) is wanted
        wanted = operator == "is"
        return lambda value, case: ((value or "") == operand) is wanted

    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        if operator in ("present", "not_present"):
            filled = self.lookup("gt", "")
            return filled if operator == "present" else ~filled
        if operator in WORDS:
            found = Q()
            for word in operand:
                found |= self.lookup("holds_word", word)
            return found if operator == "includes_words" else ~found
        if operator in STRING:
            found = self.lookup("holds_text", operand)
            return found if operator == "includes_string" else ~found
        equal = self.lookup("exact", operand)
        return equal if operator == "is" else ~equal

    def words(self, value: Any) -> str:
        text = str(value or "")
        return quoted(f"{text[:120]}…" if len(text) > 120 else text) if text else _("none")

    def operand_words(self, operator: str, operand: Any) -> str:
        if operator in WORDS:
            return joined([quoted(word) for word in operand], _("or"))
        return self.words(operand)


def _any_word(words: list[str], value: str | None) -> bool:
    text = spaced(value or "")
    return any(word in text for word in words)

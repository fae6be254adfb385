"""A kind of step: its words, its control in the editor, and how what was written becomes its value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opora.core.conditions.field import Choices
from opora.core.conditions.kinds.values import words_in
from opora.core.liquid import check_text
from opora.core.refusals import Invalid
from opora.core.text import without_nulls

NOTHING = "nothing"
"""What a list sends for “nobody”, “none” and the like; it is kept as the empty value."""
LONGEST_TEXT = 20_000


@dataclass(frozen=True, kw_only=True)
class StepKind:
    """One thing that can be done to a ticket. Only rules offer those with `for_rules`.

    `control`: choice, choices, tags, person, line, text, hours, call, or a letter: letter, address, group_letter,
    person_letter. `clean` returns the value as it is kept and raises `Invalid`; `words` says it. `leaves` says that it
    goes out of the house, after the change is committed.
    """

    name: str
    title: str | Promise
    control: str
    clean: Callable[[Any], Any]
    words: Callable[[Any], str]
    group: str | Promise = ""
    options: Callable[[], Choices] = tuple
    finder: str | Promise = ""
    for_rules: bool = False
    leaves: bool = False


def one_of(options: Callable[[], Choices]) -> Callable[[Any], str]:
    """Return what accepts one of the options."""

    def clean(value: Any) -> str:
        word = str(value if value is not None else "")
        if word not in {known for known, _label in options()} and not (word == "" and _has_nothing(options)):
            raise Invalid(_("Choose one."))
        return "" if word == NOTHING else word

    return clean


def label_in(options: Callable[[], Choices]) -> Callable[[Any], str]:
    """Return what says an option."""

    def words(value: Any) -> str:
        wanted = NOTHING if value in ("", None) else str(value)
        return next((label for word, label in options() if word == wanted), str(value))

    return words


def some_words(value: Any) -> list[str]:
    """Return the words of a list. Raises `Invalid` for none."""
    found = list(words_in(value))
    if not found:
        raise Invalid(_("Say at least one."))
    return found


def a_text(value: Any) -> str:
    """Return a text whose places can be filled in. Raises `Invalid` for an empty or broken one."""
    text = without_nulls(str(value or "")).strip()[:LONGEST_TEXT]
    if not text:
        raise Invalid(_("Write a text."))
    check_text(text)
    return text


def a_letter(value: Any) -> dict[str, str]:
    """Return subject and text of a mail. Raises `Invalid` for an empty or broken text."""
    given = value if isinstance(value, dict) else {}
    subject = without_nulls(str(given.get("subject") or "")).strip()[:255]
    check_text(subject)
    return {"subject": subject, "text": a_text(given.get("text"))}


def _has_nothing(options: Callable[[], Choices]) -> bool:
    return any(word == NOTHING for word, _label in options())

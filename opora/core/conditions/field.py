"""What conditions can ask about."""

import abc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Protocol

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opora.core.conditions.operators import OF_UPDATES, VALUELESS
from opora.core.refusals import Invalid

Where = Callable[[str, Any], Q]
"""A lookup and a value become a condition on rows: `where("lt", 3)`."""
Choices = Sequence[tuple[str, str]]


class Change(NamedTuple):
    """What a property was before an update and is after it."""

    before: Any
    after: Any


class Fields(Protocol):
    """The fields of a domain, by name."""

    def get(self, name: str, /) -> "ConditionField | None": ...

    def __iter__(self) -> Iterator[str]: ...


def column(name: str) -> Where:
    """Return the way to ask about a column, or about one of a related row: `column("requester__locale")`."""
    return lambda lookup, value: Q(**{f"{name}__{lookup}": value})


@dataclass(frozen=True, kw_only=True)
class ConditionField(abc.ABC):
    """A property that conditions can ask about. A kind knows its operators, SQL, predicate and words.

    `seen` returns the property's value in a case. `where` turns lookups into rows; None if only rules, which have an
    update before them, know the property. `changed` returns what an update did to it; None if nobody asks.
    `group` is the heading it stands under in the editor.
    """

    kind: ClassVar[str] = ""
    control: ClassVar[str] = "text"
    comparisons: ClassVar[tuple[str, ...]] = ()
    synonyms: ClassVar[Mapping[str, str]] = {}

    name: str
    title: str | Promise
    seen: Callable[[Any], Any]
    where: Where | None = None
    changed: Callable[[Any], Change | None] | None = None
    group: str | Promise = ""

    @property
    def operators(self) -> tuple[str, ...]:
        """What it can be compared by; the operators of updates come last."""
        return (*self.comparisons, *(OF_UPDATES if self.changed else ()))

    def canonical(self, operator: str) -> str:
        """Return the house's name of an operator that may have been written in an older way."""
        return self.synonyms.get(operator, operator)

    def operand(self, operator: str, value: Any) -> Any:
        """Return the value as the comparison needs it. Raises `Invalid` with a sentence."""
        return None if operator in VALUELESS else self.read(operator, value)

    def test(self, operator: str, operand: Any) -> Callable[[Any], bool]:
        """Return the condition as a function of a case."""
        if operator in OF_UPDATES:
            return self._test_of_update(operator, operand)
        seen, compare = self.seen, self.comparison(operator, operand)
        return lambda case: compare(seen(case), case)

    def choices(self) -> Choices:
        """Return what the editor offers, if it offers a list."""
        return ()

    def control_of(self, operator: str) -> str:
        """Return the name of the editor's control for the value."""
        return "" if operator in VALUELESS else self.control

    def operand_words(self, operator: str, operand: Any) -> str:
        """Return the value of a condition as a sentence says it."""
        return self.words(operand)

    @abc.abstractmethod
    def read(self, operator: str, value: Any) -> Any:
        """Return the value as the comparison needs it. Raises `Invalid` with a sentence."""

    @abc.abstractmethod
    def comparison(self, operator: str, operand: Any) -> Callable[[Any, Any], bool]:
        """Return a function of the value seen and the case."""

    @abc.abstractmethod
    def to_q(self, operator: str, operand: Any, by: Any) -> Q:
        """Return the condition as SQL; the same rows as `comparison` says."""

    @abc.abstractmethod
    def words(self, value: Any) -> str:
        """Return a value of the property in the reader's language."""

    def equals(self, operand: Any, value: Any, case: Any) -> bool:
        """Whether a value of the property is the one a condition on an update names."""
        return bool(operand == value)

    def lookup(self, lookup: str, value: Any) -> Q:
        """Return the rows for a lookup; only for fields that have a `where`."""
        if self.where is None:
            raise Invalid(_("“%(field)s” cannot be asked in a list.") % {"field": self.title})
        return self.where(lookup, value)

    def _test_of_update(self, operator: str, operand: Any) -> Callable[[Any], bool]:
        changed, equals = self.changed, self.equals
        if changed is None:
            raise Invalid(_("“%(field)s” cannot be compared so.") % {"field": self.title})
        tests: dict[str, Callable[[Change | None, Any], bool]] = {
            "changed": lambda change, case: change is not None,
            "not_changed": lambda change, case: change is None,
            "value": lambda change, case: change is not None and equals(operand, change.after, case),
            "not_value": lambda change, case: not (change and equals(operand, change.after, case)),
            "value_previous": lambda change, case: (
                change is not None and equals(operand, change.before, case)
            ),
            "not_value_previous": lambda change, case: not (change and equals(operand, change.before, case)),
        }
        chosen = tests[operator]
        return lambda case: chosen(changed(case), case)

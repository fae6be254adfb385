"""A tree becomes a predicate, and an account of why it holds or not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from opora.core.conditions.sentence import of_condition
from opora.core.conditions.tree import Condition, Tree

Predicate = Callable[[Any], bool]


def predicate(tree: Tree) -> Predicate:
    """Return the tree as a function of a case: no queries, made once and asked a hundred thousand times."""
    every = tuple(row.field.test(row.operator, row.operand) for row in tree.every)
    some = tuple(row.field.test(row.operator, row.operand) for row in tree.some)

    def holds(case: Any) -> bool:
        for test in every:
            if not test(case):
                return False
        if not some:
            return True
        return any(test(case) for test in some)

    return holds


@dataclass(frozen=True)
class Outcome:
    """One condition, whether it held, and the value that was seen."""

    condition: Condition
    holds: bool
    value: Any

    @property
    def sentence(self) -> str:
        """The condition in the reader's language."""
        return of_condition(self.condition)

    @property
    def seen(self) -> str:
        """What the value was, in the reader's language; “” where there was none."""
        return self.condition.field.words(self.value)


@dataclass(frozen=True)
class Verdict:
    """Whether a tree held for a case, and what came of each condition."""

    holds: bool
    every: tuple[Outcome, ...]
    some: tuple[Outcome, ...]

    def __bool__(self) -> bool:
        return self.holds

    @property
    def first_failing(self) -> Outcome | None:
        """The first condition that stood in the way; of alternatives that all failed, the first."""
        if self.holds:
            return None
        return next((row for row in (*self.every, *self.some) if not row.holds), None)


def evaluate(tree: Tree, case: Any) -> Verdict:
    """Return what came of each condition, all of them asked."""
    every = tuple(_outcome(row, case) for row in tree.every)
    some = tuple(_outcome(row, case) for row in tree.some)
    holds = all(row.holds for row in every) and (not some or any(row.holds for row in some))
    return Verdict(holds, every, some)


def _outcome(row: Condition, case: Any) -> Outcome:
    return Outcome(row, row.field.test(row.operator, row.operand)(case), row.field.seen(case))

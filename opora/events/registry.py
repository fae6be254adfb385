"""Which facts there are, and who reads each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from opora.events.fact import Fact
    from opora.events.models import Event

Reader = Callable[[Any, "Event"], None]


@dataclass(frozen=True)
class Reaction:
    """A reader of facts that runs after commit, at least once; `name` is stable, for it is stored.

    `when` says, before anything is noted, whether it cares about this very fact.
    """

    name: str
    fact: "type[Fact]"
    run: Reader
    why: str
    when: "Callable[[Any], bool]"


FACTS: "dict[str, type[Fact]]" = {}
REACTIONS: dict[str, list[Reaction]] = {}
INTERESTED: "dict[type[Fact], tuple[Reaction, ...]]" = {}
"""What `reactions_of` has found out, until another reaction is declared."""


def register_fact(cls: "type[Fact]") -> None:
    if cls.kind in FACTS:
        raise TypeError(
            f"The event kind {cls.kind!r} is declared twice: {FACTS[cls.kind].__name__}, {cls.__name__}."
        )
    FACTS[cls.kind] = cls


def _always(fact: "Fact") -> bool:
    return True


def reaction(*facts: "type[Fact]", when: Callable[[Any], bool] = _always) -> Callable[[Reader], Reader]:
    """Run the function after commit for each fact of these kinds (or of kinds derived from them).

    It must be idempotent: after a crash it runs again with the same fact. `when` spares the work for facts that
    it does not care about; it runs in the transaction of the change and must be cheap.
    """

    def declare(run: Reader) -> Reader:
        why = (run.__doc__ or "").strip().partition("\n")[0]
        if not why:
            raise TypeError(f"{run.__module__}.{run.__name__} needs a docstring that says why it reacts.")
        name = f"{run.__module__.removeprefix('opora.').removesuffix('.subscribers')}.{run.__name__}"
        for fact in facts:
            made = Reaction(name, fact, run, why, when)
            REACTIONS.setdefault(name, []).append(made)
        INTERESTED.clear()
        return run

    return declare


def reactions_of(cls: "type[Fact]") -> tuple[Reaction, ...]:
    """Return the reactions interested in facts of `cls`, each once, in the order they were declared."""
    if cls not in INTERESTED:
        asked = (
            next((made for made in declared if issubclass(cls, made.fact)), None)
            for declared in REACTIONS.values()
        )
        INTERESTED[cls] = tuple(made for made in asked if made)
    return INTERESTED[cls]

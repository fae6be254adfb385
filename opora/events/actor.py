"""Who did it: a person, a customer, a rule, a timer, an import. Never nobody."""

from dataclasses import dataclass
from typing import Literal, Protocol

ActorKind = Literal["agent", "customer", "rule", "timer", "import", "system"]


@dataclass(frozen=True)
class Actor:
    """The author of an update, as the log keeps it: what kind, which row, and the name of that day."""

    kind: ActorKind
    id: int | None
    name: str

    def as_actor(self) -> "Actor":
        return self


class ActsAsActor(Protocol):
    """Anything that can stand in the log as an author; a person does."""

    def as_actor(self) -> Actor: ...


SYSTEM = Actor("system", None, "Opora")
TIMER = Actor("timer", None, "Timer")

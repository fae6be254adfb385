"""What the engine thinks with: people of the floor, what work needs, and the verdict on each. Plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Strategy = Literal["round_robin", "least_loaded", "best_skilled"]
Why = Literal["", "offline", "away", "closed", "skill", "full", "held", "returned"]
"""Why somebody is left out; "" of those who can have the work."""


@dataclass(frozen=True)
class Need:
    """A skill that work asks for, from this level on. What is not firm gives way with time."""

    skill_id: int
    level: int
    is_firm: bool = False


@dataclass
class Agent:
    """One person of the floor now. Loads and capacities are hundredths of an ordinary ticket, by way of working.

    `turns` is the number of the last assignment of each queue to them, missing for never.
    """

    id: int
    name: str
    state: str = "offline"
    closed_ways: frozenset[str] = frozenset()
    capacity: Mapping[str, int] = field(default_factory=dict)
    load: dict[str, int] = field(default_factory=dict)
    skills: Mapping[int, int] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)

    def room(self, way: str) -> int:
        """Return how much more they can have; below zero when people gave them more than the engine would."""
        return self.capacity.get(way, 0) - self.load.get(way, 0)

    def takes(self, way: str) -> bool:
        return self.state == "online" and way not in self.closed_ways

    def fits(self, weight: int, way: str) -> bool:
        """Whether work of this weight finds room. What weighs more than the whole capacity fits an idle person."""
        capacity = self.capacity.get(way, 0)
        return capacity > 0 and min(weight, capacity) <= self.room(way)


@dataclass(frozen=True)
class Job:
    """One ticket that waits to be given away."""

    ticket_id: int
    queue_id: int
    strategy: Strategy
    way: str
    weight: int
    needs: tuple[Need, ...] = ()
    relaxations: int = 0
    """How many levels of what is not firm may give way by now."""
    last_agent_id: int | None = None
    """Who served this customer last, when the queue cares."""
    not_to: frozenset[int] = frozenset()
    """From whom the ticket was taken by hand."""


@dataclass(frozen=True)
class Verdict:
    """What the engine thought of one person for one job. `missing` are the skills they lack, `held_for` a ticket."""

    agent: Agent
    why: Why = ""
    score: float = 0.0
    missing: tuple[int, ...] = ()
    held_for: int | None = None


@dataclass(frozen=True)
class Decision:
    """Who gets the job and who was thought of. `chosen` is None when it has to wait.

    `step` is how many levels gave way; `knows_customer` that stickiness decided.
    """

    job: Job
    chosen: Verdict | None
    fitting: tuple[Verdict, ...]
    left_out: tuple[Verdict, ...]
    step: int = 0
    knows_customer: bool = False

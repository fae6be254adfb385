"""The account of a decision as the log keeps it: rows short enough to be kept for every assignment."""

from collections import Counter
from typing import Any

from opora.routing.engine.values import Decision, Verdict

KEPT = 40
"""So many of each kind are named; of a larger team the rest is counted."""


def rows_of(decision: Decision) -> dict[str, Any]:
    """Return `fitting`, `left_out` and `counts` as `TicketRouted` carries them."""
    way = decision.job.way
    counts = Counter(verdict.why or "fits" for verdict in (*decision.fitting, *decision.left_out))
    return {
        "fitting": [_fitting(verdict, way) for verdict in decision.fitting[:KEPT]],
        "left_out": [_left_out(verdict, way) for verdict in decision.left_out[:KEPT]],
        "counts": dict(counts),
    }


def _fitting(verdict: Verdict, way: str) -> list[Any]:
    agent = verdict.agent
    return [agent.id, agent.name, agent.load.get(way, 0), agent.capacity.get(way, 0), verdict.score]


def _left_out(verdict: Verdict, way: str) -> list[Any]:
    agent = verdict.agent
    detail: Any = ""
    if verdict.why == "full":
        detail = [agent.load.get(way, 0), agent.capacity.get(way, 0)]
    elif verdict.why == "skill":
        detail = list(verdict.missing)
    elif verdict.why == "held":
        detail = verdict.held_for
    return [agent.id, agent.name, verdict.why, detail]

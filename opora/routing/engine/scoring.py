"""Who of the fitting ones is best: one ranking a strategy. The higher the score, the better; ties go to who waits longest."""

from collections.abc import Callable

from opora.routing.engine.values import Agent, Job

Score = Callable[[Agent, Job], float]


def free_share(agent: Agent, job: Job) -> float:
    """Return the part of their capacity that is free, in per cent."""
    capacity = agent.capacity.get(job.way, 0)
    return round(100 * agent.room(job.way) / capacity, 1) if capacity else 0.0


def skill_sum(agent: Agent, job: Job) -> float:
    """Return the sum of their levels in what the job asks for, before anything gave way."""
    return float(sum(agent.skills.get(need.skill_id, 0) for need in job.needs))


def _always_equal(agent: Agent, job: Job) -> float:
    return 0.0


SCORES: dict[str, Score] = {
    "round_robin": _always_equal,
    "least_loaded": free_share,
    "best_skilled": skill_sum,
}


def rank(agent: Agent, job: Job) -> tuple[float, float, int, int]:
    """Return what the candidates are sorted by, best first: score, then free share, then whose turn is longest ago.

    In turn, only the turn counts.
    """
    score = SCORES[job.strategy](agent, job)
    free = 0.0 if job.strategy == "round_robin" else free_share(agent, job)
    return (-score, -free, agent.turns.get(job.queue_id, 0), agent.id)

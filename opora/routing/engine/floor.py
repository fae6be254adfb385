"""The floor: everybody who could have work, and choosing among them, job by job, in the order of urgency.

Three laws, proved by property tests: nobody gets more than their capacity; nobody absent gets anything; no job waits
while somebody fits who is free and not held for a more urgent job.
"""

from collections.abc import Iterable, Sequence

from opora.routing.engine.relaxing import deepest, relaxed
from opora.routing.engine.scoring import SCORES, rank
from opora.routing.engine.values import Agent, Decision, Job, Need, Verdict


class Floor:
    """The people as one pass over the waiting work sees them; what they are given is counted at once."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self.agents = {agent.id: agent for agent in agents}
        self._held: dict[int, int] = {}

    def consider(self, job: Job, candidates: Iterable[int]) -> Decision:
        """Decide who of the candidates gets the job, with as few needs given up as possible. Changes nothing."""
        agents = [self.agents[number] for number in candidates if number in self.agents]
        most = min(job.relaxations, deepest(job.needs))
        for step in range(most + 1):
            needs = relaxed(job.needs, step)
            fitting = [agent for agent in agents if self._why_not(agent, job, needs) is None]
            if fitting or step == most:
                return self._decide(job, agents, fitting, step)
        raise AssertionError("A job has at least one step.")

    def take(self, decision: Decision) -> None:
        """Count the job as given to who was chosen."""
        if decision.chosen is None:
            return
        agent, job = decision.chosen.agent, decision.job
        agent.load[job.way] = agent.load.get(job.way, 0) + job.weight
        agent.turns[job.queue_id] = self.next_turn(job.queue_id)
        self._held.pop(agent.id, None)

    def hold(self, decision: Decision) -> None:
        """Keep one person for a job that only lacks room, so that lighter work behind it does not starve it.

        Held is whoever has most room of those who are nearly free enough.
        """
        nearly = [
            verdict.agent
            for verdict in decision.left_out
            if verdict.why == "full"
            and verdict.agent.room(decision.job.way) > 0
            and verdict.agent.id not in self._held
        ]
        if nearly:
            held = max(nearly, key=lambda agent: (agent.room(decision.job.way), -agent.id))
            self._held[held.id] = decision.job.ticket_id

    def has_room(self, candidates: Iterable[int], way: str) -> bool:
        """Whether anybody of these could have anything at all."""
        agents = (self.agents[number] for number in candidates if number in self.agents)
        return any(
            agent.takes(way) and agent.room(way) > 0 and agent.id not in self._held for agent in agents
        )

    def next_turn(self, queue_id: int) -> int:
        return 1 + max((agent.turns.get(queue_id, 0) for agent in self.agents.values()), default=0)

    def _decide(self, job: Job, agents: Sequence[Agent], fitting: Sequence[Agent], step: int) -> Decision:
        needs = relaxed(job.needs, step)
        ordered = sorted(fitting, key=lambda agent: rank(agent, job))
        sticky = next((agent for agent in ordered if agent.id == job.last_agent_id), None)
        chosen = sticky or (ordered[0] if ordered else None)
        score = SCORES[job.strategy]
        fit = {agent.id: Verdict(agent, score=score(agent, job)) for agent in ordered}
        left_out = [self._why_not(agent, job, needs) for agent in agents if agent.id not in fit]
        return Decision(
            job=job,
            chosen=fit[chosen.id] if chosen else None,
            fitting=tuple(fit.values()),
            left_out=tuple(verdict for verdict in left_out if verdict),
            step=step,
            knows_customer=sticky is not None,
        )

    def _why_not(self, agent: Agent, job: Job, needs: Sequence[Need]) -> Verdict | None:
        """Why this person cannot have it: absence first, then skill, then room; None if they can."""
        if agent.state != "online":
            return Verdict(agent, why="away" if agent.state == "away" else "offline")
        if job.way in agent.closed_ways:
            return Verdict(agent, why="closed")
        if agent.id in job.not_to:
            return Verdict(agent, why="returned")
        missing = tuple(need.skill_id for need in needs if agent.skills.get(need.skill_id, 0) < need.level)
        if missing:
            return Verdict(agent, why="skill", missing=missing)
        if not agent.fits(job.weight, job.way):
            return Verdict(agent, why="full")
        held_for = self._held.get(agent.id)
        if held_for is not None and held_for != job.ticket_id:
            return Verdict(agent, why="held", held_for=held_for)
        return None

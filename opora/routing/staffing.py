"""Who stands on the floor, as the engine needs to see them."""

from collections.abc import Iterable

from opora.people.models import Membership, Person
from opora.routing.capacities import capacities_of
from opora.routing.engine.floor import Floor
from opora.routing.engine.values import Agent
from opora.routing.models import AgentPresence, PersonSkill, Turn
from opora.routing.weights import carried_by, routing_settings

ANSWERS = "tickets.reply"
"""Work is given to those who may answer customers."""


def members_of(group_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return the active colleagues of each group by its id."""
    rows = Membership.objects.filter(
        group_id__in=set(group_ids), person__is_active=True, person__role__isnull=False
    ).order_by("person_id")
    members: dict[int, list[int]] = {}
    for group_id, person_id in rows.values_list("group_id", "person_id"):
        members.setdefault(group_id, []).append(person_id)
    return members


def build_floor(person_ids: Iterable[int], *, hold: bool = False) -> Floor:
    """Return the floor of these people as it is now, in a constant number of queries.

    With `hold` nobody's presence can change until the transaction ends, so nothing is given to whoever leaves
    meanwhile.
    """
    people = {
        person.pk: person
        for person in Person.objects.filter(pk__in=set(person_ids)).select_related("role")
        if ANSWERS in person.allowed
    }
    presences = AgentPresence.objects.filter(pk__in=people).order_by("pk")
    if hold:
        presences = presences.select_for_update()
    return Floor(_agents(people, list(presences)))


def _agents(people: dict[int, Person], presences: list[AgentPresence]) -> list[Agent]:
    capacities = capacities_of(people.values())
    carried = carried_by(people, routing_settings().weights)
    agents = {
        pk: Agent(id=pk, name=str(person), capacity=capacities[pk], load=carried[pk].load)
        for pk, person in people.items()
    }
    for presence in presences:
        agents[presence.pk].state = presence.state
        agents[presence.pk].closed_ways = frozenset(presence.closed_ways)
    skills: dict[int, dict[int, int]] = {}
    of_people = PersonSkill.objects.filter(person_id__in=people, skill__deleted_at=None)
    for person_id, skill_id, level in of_people.values_list("person_id", "skill_id", "level"):
        skills.setdefault(person_id, {})[skill_id] = level
    for turn in Turn.objects.filter(person_id__in=people):
        agents[turn.person_id].turns[turn.queue_id] = turn.number
    for pk, agent in agents.items():
        agent.skills = skills.get(pk, {})
    return list(agents.values())

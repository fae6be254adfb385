"""Finding queues, skills, capacities, presence, and what waits."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from opora.people.models import Person, Role
from opora.routing.capacities import capacities_of
from opora.routing.channels import NAMES
from opora.routing.jobs import waiting_rows
from opora.routing.models import AgentPresence, Capacity, PersonSkill, Queue, Requirement, Skill
from opora.routing.staffing import ANSWERS


def queues() -> QuerySet[Queue]:
    """Return the queues in their order."""
    return Queue.objects.filter(deleted_at=None).select_related("group")


def skills() -> QuerySet[Skill]:
    return Skill.objects.filter(deleted_at=None).annotate(count=Count("people"))


def requirements() -> QuerySet[Requirement]:
    return Requirement.objects.filter(skill__deleted_at=None).select_related("skill")


def waiting_by_queue() -> dict[int, int]:
    """Return how many tickets wait in each queue."""
    rows = waiting_rows().order_by().values_list("queue_id").annotate(count=Count("ticket_id"))
    return dict(rows)


def presence_of(person: Person) -> AgentPresence:
    """Return whether the colleague takes work; offline when they never said."""
    return AgentPresence.objects.filter(pk=person.pk).first() or AgentPresence(person=person)


@dataclass(frozen=True)
class SkillRow:
    """One colleague's levels in the order of the skills; 0 for none."""

    person: Person
    levels: list[int]


def skill_matrix() -> list[SkillRow]:
    """Return who can what: everybody who answers customers, in the order of their names."""
    order = list(skills().values_list("pk", flat=True))
    known: dict[int, dict[int, int]] = {}
    for person_id, skill_id, level in PersonSkill.objects.values_list("person_id", "skill_id", "level"):
        known.setdefault(person_id, {})[skill_id] = level
    people = Person.objects.colleagues().select_related("role").order_by("name", "id")
    return [
        SkillRow(person, [known.get(person.pk, {}).get(skill_id, 0) for skill_id in order])
        for person in people
        if ANSWERS in person.allowed
    ]


def capacity_rules() -> dict[str, Any]:
    """Return the ways of working, and the roles and people with a capacity of their own."""
    people = Person.objects.colleagues().select_related("role", "capacity").order_by("name")
    answering = [person for person in people if ANSWERS in person.allowed]
    settled = capacities_of(answering)
    rules = {rule.role_id: rule for rule in Capacity.objects.filter(role__isnull=False)}
    return {
        "way_names": NAMES,
        "roles": [(role, rules.get(role.pk)) for role in Role.objects.all() if ANSWERS in role.allowed],
        "people": [
            (person, [settled[person.pk].get(way, 0) // 100 for way in NAMES], hasattr(person, "capacity"))
            for person in answering
        ],
    }

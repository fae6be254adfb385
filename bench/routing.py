"""Routing 1,000 waiting tickets to 100 people: rows straight into the tables, then what the worker does."""

import time
from collections import Counter
from random import Random
from typing import Any

from opora.core import clock
from opora.events.actor import SYSTEM
from opora.people.models import Brand, Group, Membership, Person, Role
from opora.routing.actions.distribute import distribute
from opora.routing.actions.save_queue import save_queue
from opora.routing.models import AgentPresence, Capacity, PersonSkill, Skill, Waiting
from opora.tickets.models import Category, Ticket, TicketMetric
from opora.tickets.queries import status_of

PEOPLE, TICKETS = 100, 1000


def route_thousand() -> dict[str, float]:
    """Return how many tickets a second are given away, and the milliseconds that one takes."""
    group = _people()
    _tickets(group)
    began, used = time.perf_counter(), time.process_time()
    given = distribute()
    seconds, cpu = time.perf_counter() - began, time.process_time() - used
    shares = Counter(Ticket.objects.filter(group=group).values_list("assignee_id", flat=True))
    # A desk that was measured before has others waiting.
    if given < TICKETS or len(shares) != PEOPLE:
        raise RuntimeError(f"{given} of {TICKETS} tickets went to {len(shares)} of {PEOPLE} people.")
    return {
        "a second": round(given / seconds, 1),
        "ms each": round(1000 * seconds / given, 2),
        "ms of CPU each": round(1000 * cpu / given, 2),
        "all, s": round(seconds, 2),
    }


def _people() -> Group:
    group = Group.objects.create(name=f"Bench routing {time.time_ns()}")
    role = Role.objects.get(kind=Role.Kind.AGENT)
    mark = group.pk
    people = Person.objects.bulk_create(
        Person(name=f"Agent {number}", email=f"agent{number}.{mark}@bench.example", role=role)
        for number in range(PEOPLE)
    )
    Membership.objects.bulk_create(Membership(person=person, group=group) for person in people)
    AgentPresence.objects.bulk_create(
        AgentPresence(person=person, state="online", chosen="online") for person in people
    )
    Capacity.objects.bulk_create(Capacity(person=person, mail=20) for person in people)
    skill, _made = Skill.objects.get_or_create(name="Bench language", kind="language", locale="uk")
    PersonSkill.objects.bulk_create(PersonSkill(person=person, skill=skill, level=2) for person in people)
    return group


def _tickets(group: Group) -> None:
    rng, now, status = Random(5), clock.now(), status_of(Category.NEW)
    customers = list(Person.objects.filter(role=None).order_by("id")[:TICKETS])
    brand = Brand.objects.order_by("id")[0]
    skill = Skill.objects.get(locale="uk", deleted_at=None)
    tickets = Ticket.objects.bulk_create(
        Ticket(
            subject=f"Routing {number}", status=status, category=Category.NEW, brand=brand, group=group,
            requester=customers[number % len(customers)], submitter=customers[0], priority=rng.choice([None, 1, 2, 3, 4]),
            locale="uk", created_at=now, updated_at=now,
        )
        for number in range(TICKETS)
    )  # fmt: skip
    TicketMetric.objects.bulk_create(TicketMetric(ticket=ticket) for ticket in tickets)
    queue = save_queue(by=SYSTEM, name=f"Bench {group.pk}", group=group, strategy="least_loaded")
    needs: list[Any] = [[skill.pk, 2, 0]]
    Waiting.objects.bulk_create(Waiting(ticket=ticket, queue=queue, needs=needs) for ticket in tickets)

"""A simulated day: shifts begin and end, customers write by the hour, people solve; every minute the laws are checked."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from opora.core import clock
from opora.events.actor import SYSTEM
from opora.people.models import Person
from opora.routing.actions.admit_ticket import admit_ticket
from opora.routing.actions.distribute import distribute
from opora.routing.actions.save_capacity import save_capacity
from opora.routing.actions.save_queue import save_queue
from opora.routing.actions.save_skill import save_skill
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.actions.set_skills import set_skills
from opora.routing.engine.values import Job
from opora.routing.jobs import now_of, waiting_tickets
from opora.routing.models import AgentPresence, Turn
from opora.routing.staffing import build_floor, members_of
from opora.routing.weights import routing_settings
from opora.tickets.actions.solve import solve_ticket
from opora.tickets.models import Category, Priority, Ticket

State = AgentPresence.State
MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
STEP = timedelta(minutes=30)
SHIFTS = {"owner": (10, 14), "lead": (9, 18), "agent": (8, 17), "second": (11, 20)}
CAPACITY = 4


@pytest.mark.parametrize("strategy", ["round_robin", "least_loaded", "best_skilled"])
def test_a_day_keeps_the_laws(cast, make_ticket, strategy, time_machine):
    rng = random.Random(strategy)
    people = {name: getattr(cast, name) for name in SHIFTS}
    _prepare(cast, people, strategy)
    written = 0
    for step in range(14 * 2):
        time_machine.move_to(MORNING + STEP * step)
        _change_shifts(people)
        for _mail in range(rng.choice([0, 1, 1, 2, 2])):
            written += 1
            _arrive(make_ticket, rng, written)
        _work(people, rng)
        distribute()
        _check_laws(people)
    assert written > 20
    assert Ticket.objects.filter(category=Category.SOLVED).count() > written / 3


def _prepare(cast, people: dict[str, Person], strategy: str) -> None:
    save_queue(by=SYSTEM, name="All", strategy=strategy, language="wanted", relax_minutes=37)
    polish = save_skill(by=SYSTEM, name="Polish", kind="language", locale="pl")
    set_skills(cast.second, {polish: 3}, by=SYSTEM)
    for person in people.values():
        save_capacity(person, by=SYSTEM, mail=CAPACITY)


def _change_shifts(people: dict[str, Person]) -> None:
    hour = clock.now().hour
    for name, person in people.items():
        begins, ends = SHIFTS[name]
        state = State.ONLINE if begins <= hour < ends else State.OFFLINE
        set_presence(person, Chosen(state=state), by=person)


def _arrive(make_ticket, rng: random.Random, number: int) -> None:
    priority = rng.choice([None, Priority.LOW, Priority.NORMAL, Priority.HIGH, Priority.URGENT])
    ticket = make_ticket(f"Ticket {number}", priority=priority, locale=rng.choice(["uk", "pl"]))
    admit_ticket(ticket)


def _work(people: dict[str, Person], rng: random.Random) -> None:
    for name, person in people.items():
        begins, ends = SHIFTS[name]
        ticket = Ticket.objects.filter(assignee=person, category=Category.OPEN).order_by("id").first()
        if ticket and begins <= clock.now().hour < ends and rng.random() < 0.6:
            solve_ticket(ticket, by=person)


def _check_laws(people: dict[str, Person]) -> None:
    """Nobody above capacity, nothing given to the absent in this step, and nothing waits that could be had."""
    floor = build_floor([person.pk for person in people.values()])
    for agent in floor.agents.values():
        carried = Ticket.objects.filter(assignee_id=agent.id, category=Category.OPEN).count()
        assert agent.load.get("mail", 0) <= CAPACITY * 100 or carried == 1
    for job, candidates in _waiting_jobs():
        decision = floor.consider(job, candidates)
        if decision.chosen is None:
            floor.hold(decision)
        else:
            raise AssertionError(f"#{job.ticket_id} waits although {decision.chosen.agent.name} is free.")
    for turn in Turn.objects.filter(person__in=people.values()):
        assert turn.number > 0


def _waiting_jobs() -> list[tuple[Job, list[int]]]:
    rows = waiting_tickets(routing_settings().weights)
    members = members_of(row.group_id for row in rows)
    return [(now_of(row), members[row.group_id]) for row in rows]

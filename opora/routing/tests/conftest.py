"""A floor to play with: people who are online, and a queue of the cast's group."""

from types import SimpleNamespace

import pytest

from opora.events.actor import SYSTEM
from opora.events.delivering import run_overdue_deliveries
from opora.people.models import Person
from opora.routing.actions.distribute import distribute
from opora.routing.actions.save_capacity import save_capacity
from opora.routing.actions.save_queue import save_queue
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.models import AgentPresence, Queue


@pytest.fixture
def be():
    """Return a function that makes people online, away or offline."""

    def become(state: str, *people: Person, **more) -> None:
        for person in people:
            set_presence(person, Chosen(state=AgentPresence.State(state), **more), by=person)

    return become


@pytest.fixture
def queue(cast: SimpleNamespace) -> Queue:
    """Everything that nobody has, to the least loaded."""
    return save_queue(by=SYSTEM, name="All", strategy="least_loaded", language="ignored", is_sticky=False)


@pytest.fixture
def can_have():
    """Return a function that sets how many ordinary tickets people can have at once."""

    def set_mail(tickets: int, *people: Person) -> None:
        for person in people:
            save_capacity(person, by=SYSTEM, mail=tickets)

    return set_mail


@pytest.fixture
def work():
    """Return a function that lets everything that follows from the log happen, as the worker does."""

    def run() -> int:
        run_overdue_deliveries()
        return distribute()

    return run

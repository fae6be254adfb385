"""Workers that distribute at once, and people who leave meanwhile."""

from collections import Counter

import pytest

from opora.events.actor import SYSTEM
from opora.events.models import Event
from opora.routing.actions.admit_ticket import admit_ticket
from opora.routing.actions.distribute import distribute
from opora.routing.actions.save_capacity import save_capacity
from opora.routing.actions.save_queue import save_queue
from opora.routing.actions.set_presence import Chosen, set_presence
from opora.routing.models import AgentPresence, Waiting
from opora.testing.at_once import at_once
from opora.tickets.models import Ticket

State = AgentPresence.State


@pytest.fixture
def waiting(transactional_db, cast, make_ticket):
    """Twelve tickets that wait, and room for three of them with each of two people."""
    save_queue(by=SYSTEM, name="All", language="ignored", is_sticky=False)
    for person in (cast.agent, cast.second):
        set_presence(person, Chosen(state=State.ONLINE), by=person)
        save_capacity(person, by=SYSTEM, mail=3)
    tickets = [make_ticket(f"Ticket {number}") for number in range(12)]
    for ticket in tickets:
        admit_ticket(ticket)
    return tickets


def owners():
    return Counter(Ticket.objects.exclude(assignee=None).values_list("assignee__email", flat=True))


def test_four_workers_at_once_never_give_the_same_slot_twice(waiting):
    at_once(distribute, distribute, distribute, distribute)
    assert owners() == {"andrii@desk.test": 3, "borys@desk.test": 3}
    assert Waiting.objects.count() == 6
    routed = Event.objects.filter(kind="ticket.routed").values_list("subject_id", flat=True)
    assert len(routed) == len(set(routed)) == 6


def test_nothing_is_given_to_somebody_after_they_went_away(cast, waiting):
    def leave():
        set_presence(cast.agent, Chosen(state=State.AWAY), by=cast.agent)

    at_once(leave, distribute)
    left = Event.objects.get(kind="presence.changed", subject_id=cast.agent.pk, body__after="away")
    given = Event.objects.filter(kind="ticket.routed", body__assignee_id=cast.agent.pk)
    assert all(event.recorded_at <= left.recorded_at for event in given)
    distribute()
    assert owners()["borys@desk.test"] == 3

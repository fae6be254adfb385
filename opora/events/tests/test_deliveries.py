"""Reactions run after commit, at least once, retried with back-off, and never in a loop."""

from datetime import timedelta

import pytest

from opora.core import clock
from opora.events import registry
from opora.events.actor import SYSTEM
from opora.events.delivering import MOST_ATTEMPTS, run_deliveries, run_overdue_deliveries
from opora.events.models import Delivery, Event
from opora.events.recording import DEEPEST, LoopRefused, caused_by, record, update
from opora.people.events import DeskSetUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def nobody_reacts(monkeypatch):
    """No reaction is declared, until the test declares one."""
    monkeypatch.setattr(registry, "REACTIONS", {})
    monkeypatch.setattr("opora.events.delivering.REACTIONS", registry.REACTIONS)
    monkeypatch.setattr(registry, "INTERESTED", {})


@pytest.fixture
def heard(nobody_reacts):
    """Only one reaction listens, to `desk.set_up`; returns what it heard."""
    calls = []

    def note(fact, event):
        """Keep what was heard."""
        calls.append(fact.name)
        if fact.name == "fail":
            raise RuntimeError("the other side is away")

    registry.reaction(DeskSetUp)(note)
    return calls


def test_a_reaction_runs_once_for_each_fact(heard):
    event = record(DeskSetUp(name="one"), subject_id=1, by=SYSTEM)
    assert run_deliveries.call(update_id=event.update_id) == 1
    assert run_deliveries.call(update_id=event.update_id) == 0
    assert heard == ["one"]
    assert Delivery.objects.get().state == "done"


def test_what_fails_waits_and_is_tried_again(heard, later):
    event = record(DeskSetUp(name="fail"), subject_id=1, by=SYSTEM)
    run_deliveries.call(update_id=event.update_id)
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("pending", 1)
    assert "away" in delivery.error
    assert run_overdue_deliveries() == 0
    later(3600)
    run_overdue_deliveries()
    assert len(heard) == 2


def test_after_ten_attempts_it_is_given_up_and_visible(heard, later):
    record(DeskSetUp(name="fail"), subject_id=1, by=SYSTEM)
    for _ in range(MOST_ATTEMPTS + 2):
        later(4000)
        run_overdue_deliveries()
    assert Delivery.objects.get().state == "failed"
    assert len(heard) == MOST_ATTEMPTS


def test_a_claim_of_a_killed_process_is_taken_over(heard, later):
    record(DeskSetUp(name="one"), subject_id=1, by=SYSTEM)
    Delivery.objects.update(state="running", claimed_at=clock.now())
    assert run_overdue_deliveries() == 0
    later(timedelta(minutes=11).total_seconds())
    assert run_overdue_deliveries() == 1
    assert heard == ["one"]


def test_a_rolled_back_update_owes_nothing(heard):
    with pytest.raises(ZeroDivisionError), update(SYSTEM):
        record(DeskSetUp(name="one"), subject_id=1, by=SYSTEM)
        raise ZeroDivisionError
    assert not Delivery.objects.exists()
    assert not Event.objects.exists()


def test_a_chain_too_deep_is_refused():
    event = record(DeskSetUp(name="0"), subject_id=1, by=SYSTEM)
    for depth in range(1, DEEPEST + 1):
        with caused_by(event):
            event = record(DeskSetUp(name=str(depth)), subject_id=1, by=SYSTEM)
        assert event.depth == depth
    with pytest.raises(LoopRefused), caused_by(event):
        record(DeskSetUp(name="too deep"), subject_id=1, by=SYSTEM)


def test_a_loop_of_reactions_ends_and_is_recorded(nobody_reacts):

    def echo(fact, event):
        """Set itself off."""
        record(DeskSetUp(name="again"), subject_id=1, by=SYSTEM)

    registry.reaction(DeskSetUp)(echo)
    record(DeskSetUp(name="first"), subject_id=1, by=SYSTEM)
    for _ in range(DEEPEST + 5):
        run_overdue_deliveries()
    assert Event.objects.filter(kind="desk.set_up").count() == DEEPEST + 1
    assert Event.objects.filter(kind="event.loop_stopped").count() == 1

"""The chain over the log: whole until somebody changes, removes or inserts a row."""

import pytest

from opora.events.actor import SYSTEM
from opora.events.models import Event, Seal
from opora.events.recording import record
from opora.events.sealing import first_broken_seal, seal_events
from opora.people.events import DeskSetUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(later):
    for n in range(5):
        record(DeskSetUp(name=f"Стіл {n}"), subject_id=n, by=SYSTEM)
    assert seal_events() == 0
    later(301)
    assert seal_events() == 5
    record(DeskSetUp(name="later"), subject_id=9, by=SYSTEM)
    later(301)
    assert seal_events() == 1


def test_an_untouched_log_is_whole(sealed):
    assert Seal.objects.count() == 2
    assert first_broken_seal() is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda: Event.objects.filter(subject_id=2).update(body={"name": "other"}),
        lambda: Event.objects.filter(subject_id=2).update(actor_name="Somebody"),
        lambda: Event.objects.filter(subject_id=2).delete(),
    ],
)
def test_a_changed_log_breaks_the_chain_at_that_place(sealed, harm):
    harm()
    assert first_broken_seal() == Seal.objects.order_by("id")[0]

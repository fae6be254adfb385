import pytest

from opora.core.refusals import Conflict, NotAllowed
from opora.events.models import Delivery
from opora.people.actions.retry_delivery import retry_delivery
from opora.people.tests.log_of import last_event


@pytest.fixture
def failed(cast):
    event = last_event()
    return Delivery.objects.create(
        event=event,
        reaction="made.up",
        update_id=event.update_id,
        state="failed",
        attempts=10,
        error="Refused",
    )


def test_a_failed_delivery_runs_again_once(cast, failed):
    retry_delivery(failed, by=cast.owner)
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == (Delivery.State.PENDING, 0)
    event = last_event()
    assert (event.kind, event.subject_id, event.body) == (
        "delivery.retried",
        failed.pk,
        {"reaction": "made.up"},
    )
    with pytest.raises(Conflict):
        retry_delivery(failed, by=cast.owner)


def test_only_who_reads_the_log_may(cast, failed):
    with pytest.raises(NotAllowed):
        retry_delivery(failed, by=cast.lead)

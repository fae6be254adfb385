import pytest

from opora.core.refusals import NotAllowed
from opora.events.models import Event
from opora.webhooks.actions.circuit import resume_webhook
from opora.webhooks.actions.invoke_webhook import invoke_webhook
from opora.webhooks.models import Health, Invocation
from opora.webhooks.queries import broken_webhooks
from opora.webhooks.sending.circuit import FIRST_PAUSE, LONGEST_PAUSE, Tally, pause_after
from opora.webhooks.tests.conftest import RULES


@pytest.fixture
def webhook(make_webhook):
    return make_webhook(subscriptions=[RULES])


@pytest.fixture
def owe(webhook, cast):
    def owe_so_many(count: int) -> None:
        for _ in range(count):
            invoke_webhook(webhook, by=cast.agent, body="{}")

    return owe_so_many


def kinds() -> list[str]:
    found = Event.objects.filter(kind__in=["webhook.paused", "webhook.resumed"]).order_by("id")
    return list(found.values_list("kind", flat=True))


@pytest.fixture
def broken(webhook, owe, endpoint, send_due):
    owe(20)
    endpoint.will_answer(500, times=10)
    send_due()
    return webhook


def test_an_endpoint_that_keeps_failing_is_left_alone_and_loses_nothing(broken, endpoint):
    assert len(endpoint.received) == 10
    assert kinds() == ["webhook.paused"]
    assert Event.objects.get(kind="webhook.paused").body == {"name": "Warehouse", "failed": 10, "sent": 10}
    assert [health.webhook for health in broken_webhooks()] == [broken]
    assert Invocation.objects.filter(state="pending").count() == 20


def test_after_the_pause_one_trial_goes_and_its_success_lets_all_go(broken, endpoint, send_due, later):
    assert send_due() == 0
    later(FIRST_PAUSE.total_seconds() + 1)
    assert send_due() == 20
    assert kinds() == ["webhook.paused", "webhook.resumed"]
    assert not broken_webhooks().exists()


def test_a_trial_that_fails_makes_the_next_pause_longer(broken, endpoint, send_due, later):
    endpoint.will_answer(500)
    later(FIRST_PAUSE.total_seconds() + 1)
    send_due()
    assert len(endpoint.received) == 11, "one trial, no more"
    later(FIRST_PAUSE.total_seconds() + 1)
    assert send_due() == 0
    assert len(endpoint.received) == 11
    later(2 * FIRST_PAUSE.total_seconds() + 1)  # longer than the trial's own back-off, whatever its jitter
    assert send_due() == 20
    assert kinds() == ["webhook.paused", "webhook.resumed"]


def test_what_failed_before_the_recovery_does_not_count_any_more(broken, owe, endpoint, send_due, later):
    later(FIRST_PAUSE.total_seconds() + 1)
    send_due()
    endpoint.will_answer(500)
    owe(1)
    send_due()
    assert Health.objects.get().broken_since is None


def test_some_failures_among_successes_pause_nothing(webhook, owe, endpoint, send_due):
    owe(30)
    endpoint.will_answer(200, times=5)
    endpoint.will_answer(400, times=11)
    send_due()
    assert kinds() == []


def test_a_person_who_mended_the_endpoint_lets_it_go_on(broken, cast, send_due):
    with pytest.raises(NotAllowed):
        resume_webhook(broken, by=cast.agent)
    resume_webhook(broken, by=cast.owner)
    assert Event.objects.get(kind="webhook.resumed").actor_id == cast.owner.pk
    assert send_due() == 10, "those that have not been tried; the others wait for their own pause"


def test_asking_for_patience_is_no_failure(webhook, owe, endpoint, send_due, later):
    owe(12)
    endpoint.will_answer(429, times=12)
    send_due()
    assert kinds() == []


def test_thresholds():
    assert not Tally(sent=9, failed=9).is_too_bad
    assert Tally(sent=10, failed=7).is_too_bad
    assert not Tally(sent=10, failed=6).is_too_bad
    assert Tally(sent=5000, failed=1000).is_too_bad
    assert pause_after(0) == FIRST_PAUSE
    assert pause_after(60) == LONGEST_PAUSE

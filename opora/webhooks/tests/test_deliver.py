import base64
import hashlib
import hmac
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from opora.core import clock
from opora.core.crypto import decrypt
from opora.core.refusals import Conflict, NotAllowed
from opora.events.models import Event
from opora.webhooks.actions.deliver import deliver
from opora.webhooks.actions.forget import forget_old_invocations
from opora.webhooks.actions.invoke_webhook import invoke_webhook
from opora.webhooks.actions.redeliver import redeliver
from opora.webhooks.actions.reset_secret import reset_signing_secret
from opora.webhooks.actions.save_webhook import save_webhook
from opora.webhooks.models import Attempt, Invocation, Outcome
from opora.webhooks.sending.backoff import MOST_PATIENCE, PAUSES, asked_pause
from opora.webhooks.sending.signature import sign
from opora.webhooks.tests.conftest import RULES

State = Invocation.State


@pytest.fixture
def webhook(make_webhook):
    return make_webhook(subscriptions=[RULES])


@pytest.fixture
def owed(webhook, cast):
    return invoke_webhook(webhook, by=cast.agent, ticket_id=7, body='{"ticket": 7}')


def test_a_request_is_sent_signed_and_named_once(owed, webhook, endpoint, send_due):
    assert send_due() == 1
    came = endpoint.received[0]
    assert (came.method, came.path, came.body) == ("POST", "/in", b'{"ticket": 7}')
    assert came.headers["Content-Type"] == "application/json; charset=utf-8"
    assert came.headers["X-Zendesk-Webhook-Id"] == webhook.public_id
    assert (
        came.headers["X-Zendesk-Webhook-Invocation-Id"] == owed.public_id == came.headers["Idempotency-Key"]
    )
    timestamp = came.headers["X-Zendesk-Webhook-Signature-Timestamp"]
    digest = hmac.new(
        decrypt(webhook.signing_secret).encode(), timestamp.encode() + came.body, hashlib.sha256
    )
    assert came.headers["X-Zendesk-Webhook-Signature"] == base64.b64encode(digest.digest()).decode()
    owed.refresh_from_db()
    assert (owed.state, owed.status_code, owed.tries) == (State.DELIVERED, 200, 1)
    assert send_due() == 0, "it is not sent again"


def test_the_signature_is_that_of_the_vendors_scheme():
    assert (
        sign("secret", "2026-11-21T10:00:00Z", b'{"a":1}')
        == base64.b64encode(
            hmac.new(b"secret", b'2026-11-21T10:00:00Z{"a":1}', hashlib.sha256).digest()
        ).decode()
    )


def test_the_receiver_in_the_manual_tells_genuine_requests_from_forged_ones(
    owed, webhook, cast, endpoint, send_due
):
    manual = (Path(settings.BASE_DIR) / "docs" / "how-to" / "webhooks.md").read_text()
    receiver: dict = {}
    exec(re.search(r"```python\n(.*?)```", manual, re.DOTALL)[1], receiver)  # type: ignore[index]
    old = decrypt(webhook.signing_secret)
    new = reset_signing_secret(webhook, by=cast.owner)
    send_due()
    came = endpoint.received[0]
    headers = {name.lower(): value for name, value in came.headers.items()}
    is_genuine = receiver["is_genuine"]
    assert is_genuine(new, headers, came.body)
    assert is_genuine(old, headers, came.body)
    assert not is_genuine("guessed", headers, came.body)
    assert not is_genuine(new, headers, came.body + b" ")
    stale = headers | {"x-zendesk-webhook-signature-timestamp": "2020-01-01T00:00:00Z"}
    stale["x-zendesk-webhook-signature"] = sign(
        new, stale["x-zendesk-webhook-signature-timestamp"], came.body
    )
    assert not is_genuine(new, stale, came.body)


def test_the_attempt_keeps_what_was_sent_and_answered_without_secrets(make_webhook, cast, endpoint, send_due):
    webhook = make_webhook(
        subscriptions=[RULES], authentication="basic_auth", auth_name="desk", auth_secret="p4ss",
        custom_headers={"X-Tenant": "s3cret"},
    )  # fmt: skip
    invoke_webhook(webhook, by=cast.agent, body="{}")
    endpoint.will_answer(422, body=b"no such order", X_Reason="unknown", Set_Cookie="session=1")
    send_due()
    headers = endpoint.received[0].headers
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"desk:p4ss").decode()
    assert headers["X-Tenant"] == "s3cret"
    attempt = Attempt.objects.get()
    assert (attempt.outcome, attempt.status_code, attempt.response_body) == (
        Outcome.REFUSED, 422, "no such order",
    )  # fmt: skip
    assert ["X-Reason", "unknown"] in attempt.response_headers
    kept = json.dumps([attempt.request_headers, attempt.response_headers])
    assert "s3cret" not in kept
    assert "cDRzcw" not in kept
    assert "session=1" not in kept
    assert ["Authorization", "•••"] in attempt.request_headers


@pytest.mark.parametrize(
    ("kind", "name", "header"), [("bearer_token", "", "Authorization"), ("api_key", "X-Api-Key", "X-Api-Key")]
)
def test_tokens_and_keys_go_where_they_belong(make_webhook, cast, endpoint, send_due, kind, name, header):
    webhook = make_webhook(subscriptions=[RULES], authentication=kind, auth_name=name, auth_secret="t0ken")
    invoke_webhook(webhook, by=cast.agent, body="{}")
    send_due()
    assert endpoint.received[0].headers[header] == ("Bearer t0ken" if kind == "bearer_token" else "t0ken")


def test_a_method_without_a_body_carries_its_parameters_in_the_address(
    make_webhook, cast, endpoint, send_due
):
    webhook = make_webhook(subscriptions=[RULES], http_method="GET", endpoint=f"{endpoint.url}/in?a=1")
    invoke_webhook(webhook, by=cast.agent, parameters=[("subject", "Де замовлення?"), ("id", "7")])
    send_due()
    came = endpoint.received[0]
    assert (came.method, came.body) == ("GET", b"")
    assert came.path.startswith("/in?a=1&subject=%D0%94")
    assert came.path.endswith("&id=7")


def test_form_fields_are_sent_as_such(make_webhook, cast, endpoint, send_due):
    webhook = make_webhook(subscriptions=[RULES], request_format="form_encoded")
    invoke_webhook(webhook, by=cast.agent, parameters=[("subject", "a&b")])
    send_due()
    came = endpoint.received[0]
    assert came.body == b"subject=a%26b"
    assert came.headers["Content-Type"].startswith("application/x-www-form-urlencoded")


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (500, Outcome.SERVER_ERROR),
        (503, Outcome.SERVER_ERROR),
        (409, Outcome.CONFLICT),
        (429, Outcome.THROTTLED),
    ],
)
def test_what_may_be_better_later_is_tried_again(owed, endpoint, send_due, later, status, outcome):
    endpoint.will_answer(status)
    assert send_due() == 0
    owed.refresh_from_db()
    assert (owed.state, owed.status_code, Attempt.objects.get().outcome) == (State.PENDING, status, outcome)
    assert send_due() == 0
    assert len(endpoint.received) == 1, "not before its pause is over"
    later(PAUSES[0].total_seconds() * 1.1 + 1)
    assert send_due() == 1
    ids = {came.headers["X-Zendesk-Webhook-Invocation-Id"] for came in endpoint.received}
    assert ids == {owed.public_id}, "a repeat has the same name"


@pytest.mark.parametrize(("status", "outcome"), [(400, "refused"), (404, "refused"), (301, "redirected")])
def test_what_will_never_be_taken_is_tried_once(owed, endpoint, send_due, later, status, outcome):
    endpoint.will_answer(status)
    send_due()
    later(100_000)
    send_due()
    owed.refresh_from_db()
    assert (owed.state, Attempt.objects.get().outcome) == (State.FAILED, outcome)
    assert owed.finished_at


def test_after_its_last_try_a_request_has_failed(owed, endpoint, send_due, later):
    endpoint.will_answer(500, times=50)
    for _ in range(len(PAUSES) + 3):
        send_due()
        later(PAUSES[-1].total_seconds() * 1.2)
    owed.refresh_from_db()
    assert (owed.state, owed.tries) == (State.FAILED, len(PAUSES) + 1)


def test_the_pause_that_an_endpoint_asks_for_holds_all_of_its_requests(
    owed, webhook, cast, endpoint, send_due, later
):
    endpoint.will_answer(429, Retry_After="120")
    send_due()
    invoke_webhook(webhook, by=cast.agent, body="{}")
    later(60)
    assert send_due() == 0
    assert len(endpoint.received) == 1
    later(90)
    assert send_due() == 2


@trying(deadline=None)
@given(st.text(max_size=40))
def test_any_retry_after_is_read_or_ignored_and_never_long(text):
    pause = asked_pause(text, clock.now())
    assert pause is None or timedelta() <= pause <= MOST_PATIENCE


def test_retry_after_may_be_a_date():
    now = clock.now()
    assert asked_pause("Sat, 21 Nov 2099 10:00:00 GMT", now) == MOST_PATIENCE
    assert asked_pause("Sat, 21 Nov 2020 10:00:00 GMT", now) == timedelta()
    assert asked_pause("7", now) == timedelta(seconds=7)
    assert asked_pause("", now) is None


def test_an_endpoint_that_is_away_is_tried_again(owed, webhook, endpoint, send_due, cast):
    save_webhook(webhook, by=cast.owner, endpoint="http://127.0.0.1:1025/")
    send_due()
    owed.refresh_from_db()
    assert (owed.state, Attempt.objects.get().outcome) == (State.PENDING, Outcome.UNREACHABLE)


def test_a_request_to_a_private_address_never_leaves(owed, endpoint, settings, send_due):
    settings.PRIVATE_HOSTS = frozenset()
    send_due()
    owed.refresh_from_db()
    assert (owed.state, Attempt.objects.get().outcome) == (State.FAILED, Outcome.FORBIDDEN)
    assert endpoint.received == []


def test_a_webhook_that_is_switched_off_is_not_called_and_what_it_owes_waits(
    owed, webhook, cast, endpoint, send_due
):
    save_webhook(webhook, by=cast.owner, is_active=False)
    assert invoke_webhook(webhook, by=cast.agent, body="{}") is None
    assert send_due() == 0
    save_webhook(webhook, by=cast.owner, is_active=True)
    assert send_due() == 1


def test_secrets_that_cannot_be_read_are_said_so_and_nothing_leaves(owed, webhook, endpoint, send_due):
    webhook.signing_secret = "not ours"
    webhook.save()
    send_due()
    owed.refresh_from_db()
    assert (owed.state, Attempt.objects.get().outcome) == (State.FAILED, Outcome.IMPOSSIBLE)
    assert endpoint.received == []


def test_after_a_new_secret_both_sign_for_a_day(owed, webhook, cast, endpoint, send_due, later):
    old = decrypt(webhook.signing_secret)
    new = reset_signing_secret(webhook, by=cast.owner)
    send_due()
    came = endpoint.received[0]
    timestamp = came.headers["X-Zendesk-Webhook-Signature-Timestamp"]
    assert came.headers["X-Zendesk-Webhook-Signature"] == sign(new, timestamp, came.body)
    assert came.headers["X-Opora-Webhook-Signature-Previous"] == sign(old, timestamp, came.body)
    later(24 * 3600 + 1)
    invoke_webhook(webhook, by=cast.agent, body="{}")
    send_due()
    assert "X-Opora-Webhook-Signature-Previous" not in endpoint.received[1].headers
    assert Event.objects.filter(kind="webhook.secret_reset").count() == 1


def test_a_request_is_claimed_by_one(owed, endpoint):
    def a_second_one():
        assert not deliver(owed.pk)

    assert deliver(owed.pk, meanwhile=a_second_one)
    assert len(endpoint.received) == 1


def test_what_a_killed_process_left_goes_again_under_the_same_name(owed, endpoint, send_due, later):
    class Killed(BaseException):
        pass

    def die():
        raise Killed

    with pytest.raises(Killed):
        deliver(owed.pk, meanwhile=die)
    owed.refresh_from_db()
    assert owed.state == State.SENDING
    assert send_due() == 0, "somebody may still be sending it"
    later(121)
    assert send_due() == 1
    assert endpoint.received[0].headers["Idempotency-Key"] == owed.public_id


def test_a_person_has_a_request_sent_again(owed, endpoint, send_due, cast):
    endpoint.will_answer(404)
    send_due()
    owed.refresh_from_db()
    redeliver(owed, by=cast.owner)
    assert (owed.state, owed.tries) == (State.PENDING, 0)
    assert send_due() == 1
    assert [came.body for came in endpoint.received] == [b'{"ticket": 7}'] * 2
    assert Event.objects.filter(kind="webhook.redelivered").get().body["invocation_id"] == owed.pk


def test_what_is_on_its_way_is_not_sent_again_and_agents_send_nothing(owed, cast):
    with pytest.raises(Conflict):
        redeliver(owed, by=cast.owner)
    with pytest.raises(NotAllowed):
        redeliver(owed, by=cast.agent)


def test_the_record_is_kept_for_two_weeks_and_stale_requests_are_given_up(
    owed, webhook, cast, endpoint, send_due, later
):
    send_due()
    later(13 * 86_400)
    waiting = invoke_webhook(webhook, by=cast.agent, body="{}")
    assert forget_old_invocations() == 0
    later(2 * 86_400)
    assert forget_old_invocations() >= 1
    assert list(Invocation.objects.all()) == [waiting]
    assert not Attempt.objects.exists()
    later(2 * 86_400)
    forget_old_invocations()
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED

"""Many endpoints at once, and kill -9 at any moment, with a real endpoint and real threads and processes."""

import json
import os
import secrets
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from opora.webhooks.actions.invoke_webhook import invoke_webhook
from opora.webhooks.models import Invocation
from opora.webhooks.sending.courier import AT_ONCE_TO_ONE, Round
from opora.webhooks.tests.conftest import RULES

ROUNDS = 10


@pytest.mark.django_db(transaction=True)
def test_an_endpoint_that_hangs_holds_up_nobody_but_itself(make_webhook, cast, endpoint):
    slow = make_webhook(name="Slow", endpoint=f"{endpoint.url}/slow", subscriptions=[RULES])
    quick = make_webhook(name="Quick", endpoint=f"{endpoint.url}/quick", subscriptions=[RULES])
    for webhook in (slow, quick):
        for _ in range(20):
            invoke_webhook(webhook, by=cast.owner, body="{}")
    may_go_on = threading.Event()
    answer = endpoint.will_answer

    def hang_if_slow(exchange):
        if exchange.path == "/slow":
            may_go_on.wait(8)
        answer(200, body=b"ok")
        endpoint.answers.pop()(exchange)

    endpoint.answers = [hang_if_slow] * 200
    quick_ones = Invocation.objects.filter(webhook=quick, state="delivered")
    with ThreadPoolExecutor(12) as senders:
        rounds = Round(senders)
        for _ in range(400):
            rounds.send_due()
            if quick_ones.count() == 20:
                break
            threading.Event().wait(0.02)
        came = Counter(one.path for one in endpoint.received)
        waiting = Invocation.objects.filter(webhook=slow, state="sending").count()
        may_go_on.set()
    assert quick_ones.count() == 20, "all of the quick one's were taken while the slow one hung"
    assert came["/slow"] == waiting == AT_ONCE_TO_ONE, "the slow one has its share of the senders and no more"


@pytest.fixture
def database(tmp_path, django_db_setup, django_db_blocker):
    """Environment of a desk with a database of its own, of the kind that these tests run on."""
    environment = {**os.environ, "OPORA_DATA": str(tmp_path / "data"), "OPORA_PRIVATE_HOSTS": "127.0.0.1"}
    if connection.vendor != "postgresql":
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    url, name = urlsplit(os.environ["DATABASE_URL"]), f"opora_crash_{secrets.token_hex(4)}"
    with psycopg.connect(urlunsplit(url._replace(path="/postgres")), autocommit=True) as maintenance:
        maintenance.execute(f'CREATE DATABASE "{name}"')
        yield {**environment, "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}"))}
        maintenance.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_a_courier_killed_many_times_loses_nothing_and_repeats_under_the_same_name(endpoint, database):
    script = Path(__file__).with_name("crash_courier.py")
    run = subprocess.run(
        [sys.executable, str(script), f"{endpoint.url}/in", str(ROUNDS)],
        env={**database, "PYTHONPATH": str(Path(__file__).parents[3]), "DJANGO_SETTINGS_MODULE": "opora.settings"},
        capture_output=True, timeout=150, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode()[-3000:]
    rows = json.loads(run.stdout.splitlines()[-1])
    assert len(rows) == ROUNDS * 12
    assert {state for _id, state, _tries, _number in rows} == {"delivered"}
    came = Counter(one.headers["Idempotency-Key"] for one in endpoint.received)
    said = {one.headers["Idempotency-Key"]: json.loads(one.body)["request"] for one in endpoint.received}
    assert said == {public_id: number for public_id, _state, _tries, number in rows}
    for public_id, _state, tries, _number in rows:
        assert 1 <= came[public_id] <= tries, "only what was claimed again came again"

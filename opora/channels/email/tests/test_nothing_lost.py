"""kill -9 at any moment of intake and sending, many times, against a real IMAP server and a real SMTP sink."""

import json
import os
import secrets
import subprocess
import sys
import time
from collections import Counter
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.db import connection

from opora.channels.email.tests.dovecot import Dovecot, free_port, is_installed

pytestmark = pytest.mark.skipif(not is_installed(), reason="Dovecot is not installed")

ROUNDS = 18


class Sink:
    """Takes every message and notes its Message-ID; slow enough to be interrupted."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.ids.append(message_from_bytes(envelope.content)["Message-ID"].strip("<>"))
        time.sleep(0.02)
        return "250 taken"


@pytest.fixture
def sink():
    taken = Sink()
    controller = Controller(taken, hostname="127.0.0.1", port=free_port())
    controller.start()
    taken.port = controller.port
    yield taken
    controller.stop()


@pytest.fixture
def database(tmp_path, django_db_setup, django_db_blocker):
    """Environment of a desk with a database of its own, of the kind that these tests run on."""
    environment = {
        **os.environ,
        "OPORA_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "opora.settings",
    }
    if connection.vendor != "postgresql":
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    url, name = os.environ["DATABASE_URL"], f"opora_crash_{secrets.token_hex(4)}"
    with psycopg.connect(
        urlunsplit(urlsplit(url)._replace(path="/postgres")), autocommit=True
    ) as maintenance:
        maintenance.execute(f'CREATE DATABASE "{name}"')
        yield {**environment, "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
        maintenance.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.mailserver
def test_a_worker_killed_many_times_loses_and_doubles_nothing(sink, database):
    with Dovecot() as server:
        script = Path(__file__).with_name("crash_desk.py")
        run = subprocess.run(
            [sys.executable, str(script), str(server.port), str(sink.port), str(ROUNDS)],
            env={**database, "PYTHONPATH": str(Path(__file__).parents[4])}, capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr.decode()[-3000:]
        report = json.loads(run.stdout.splitlines()[-1])
        assert server.unseen() == 0

    sent = ROUNDS * 3
    assert Counter(report["said"]) == Counter({f"This is message {n}.": 1 for n in range(1, sent + 1)})
    assert report["tickets"] == sent
    assert report["inbound"] == ["processed"] * sent

    assert len(report["outbound"]) == report["answers"]
    assert {state for _id, state, _attempts in report["outbound"]} == {"sent"}
    taken = Counter(sink.ids)
    assert set(taken) == {message_id for message_id, _state, _attempts in report["outbound"]}
    for message_id, _state, attempts in report["outbound"]:
        # Twice only where a sender was killed between handing over and noting it: it had to be claimed again.
        assert taken[message_id] == 1 or taken[message_id] <= attempts, message_id
    doubled = sum(count > 1 for count in taken.values())
    assert doubled <= len(taken) // 4, f"{doubled} of {len(taken)} were sent twice"

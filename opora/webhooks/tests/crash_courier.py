"""A desk whose courier is killed again and again; run by `test_courier.py` as a process of its own.

Each round owes the endpoint some requests, forks a courier and kills it with -9 at a random moment. A last one may
finish in peace. What the database then says is printed as one line of JSON.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from datetime import timedelta

import django

A_ROUND = 12
PATIENCE_SECONDS = 60


def main(url: str, rounds: int) -> None:
    django.setup()
    webhook = _prepare(url)
    random.seed(rounds)
    for number in range(rounds):
        _owe(webhook, number)
        courier = _fork_courier()
        time.sleep(random.uniform(0.05, 0.6))
        os.kill(courier, signal.SIGKILL)
        os.waitpid(courier, 0)
    courier = _fork_courier()
    _wait_until_quiet()
    os.kill(courier, signal.SIGKILL)
    os.waitpid(courier, 0)
    sys.stdout.write(json.dumps(_report()))


def _prepare(url: str):
    from django.core.management import call_command

    from opora.events.actor import SYSTEM
    from opora.tickets.actions.open_desk import open_desk
    from opora.webhooks.actions import deliver
    from opora.webhooks.actions.save_webhook import save_webhook
    from opora.webhooks.sending import backoff, courier

    call_command("migrate", verbosity=0)
    open_desk(name="Crash", admin_email="owner@desk.test", password="correct-horse-battery")
    deliver.CLAIM_LASTS = timedelta(seconds=1)
    backoff.PAUSES = (timedelta(seconds=0.1),) * 30
    courier.PAUSE_SECONDS = 0.02
    return save_webhook(by=SYSTEM, name="Crash", endpoint=url, subscriptions=["conditional_ticket_events"])


def _owe(webhook, number: int) -> None:
    from opora.events.actor import SYSTEM
    from opora.webhooks.actions.invoke_webhook import invoke_webhook

    for place in range(A_ROUND):
        invoke_webhook(webhook, by=SYSTEM, body=json.dumps({"request": number * A_ROUND + place}))


def _fork_courier() -> int:
    from opora.webhooks.sending.courier import run_courier

    _close_connections()
    child = os.fork()
    if child:
        return child
    run_courier(threading.Event())
    return 0


def _close_connections() -> None:
    """Leave none open for a forked courier to share, nor a pool whose threads it would not have."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _wait_until_quiet() -> None:
    from opora.webhooks.models import Invocation

    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if not Invocation.objects.exclude(state__in=["delivered", "failed"]).exists():
            return
        time.sleep(0.1)


def _report() -> list:
    from opora.webhooks.models import Invocation

    return [
        [one.public_id, one.state, one.tries, json.loads(one.body)["request"]]
        for one in Invocation.objects.order_by("id")
    ]


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

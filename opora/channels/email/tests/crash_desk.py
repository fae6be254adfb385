"""A desk whose worker is killed again and again; run by `test_nothing_lost.py` as a process of its own.

Each round appends mails to the IMAP folder, lets an agent answer, forks a worker and kills it with -9 at a random
moment. A last worker may finish in peace. What the database then says is printed as one line of JSON.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta
from types import ModuleType

import django

MAILS_A_ROUND = 3
PATIENCE_SECONDS = 25


def main(imap_port: int, smtp_port: int, rounds: int) -> None:
    _prepare(imap_port, smtp_port)
    random.seed(rounds)
    numbers = iter(range(1, 10_000))
    for _round in range(rounds):
        _append(imap_port, [_mail(next(numbers)) for _mail_of_round in range(MAILS_A_ROUND)])
        _answer_some()
        worker = _fork_worker()
        time.sleep(random.uniform(0.05, 2.5))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    _answer_some()
    worker = _fork_worker()
    _wait_until_quiet(rounds * MAILS_A_ROUND)
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    sys.stdout.write(json.dumps(_report()))


def _prepare(imap_port: int, smtp_port: int) -> None:
    django.setup()
    from django.core.management import call_command

    from opora.channels.email.actions.save_mailbox import save_mailbox
    from opora.events.actor import SYSTEM
    from opora.people.queries import default_brand
    from opora.tickets.actions.open_desk import open_desk

    call_command("migrate", verbosity=0)
    open_desk(name="Crash", admin_email="owner@desk.test", password="correct-horse-battery")
    save_mailbox(
        by=SYSTEM, brand=default_brand(), address="support@acme.test",
        incoming="imap", imap_host="127.0.0.1", imap_port=imap_port, imap_security="none",
        imap_user="support", imap_password="secret",
        outgoing="smtp", smtp_host="127.0.0.1", smtp_port=smtp_port, smtp_security="none",
    )  # fmt: skip
    _shorten_claims()


def _shorten_claims() -> None:
    """What a killed process had claimed is taken over after minutes; here, after a second."""
    from opora.channels.email.actions import send_mail
    from opora.channels.email.intake import watching
    from opora.cli import periodic
    from opora.events import delivering

    modules: list[ModuleType] = [send_mail, delivering]
    for module in modules:
        module.CLAIM_LASTS = timedelta(seconds=1)  # type: ignore[attr-defined]
    watching.SHORTEST_PAUSE_SECONDS = 1
    periodic.TIMERS = [
        periodic.Timer(1, timer.run, timer.why) for timer in periodic.TIMERS if 2 < timer.seconds < 60
    ]


def _mail(number: int) -> bytes:
    return (
        f"From: Person {number} <person{number}@example.com>\r\nTo: support@acme.test\r\n"
        f"Subject: Matter {number}\r\nMessage-ID: <matter{number}@example.com>\r\n"
        f"Date: Sat, 21 Nov 2026 10:00:00 +0000\r\n\r\nThis is message {number}.\r\n"
    ).encode()


def _append(port: int, mails: list[bytes]) -> None:
    import imaplib

    with imaplib.IMAP4("127.0.0.1", port) as client:
        client.login("support", "secret")
        for raw in mails:
            client.append("INBOX", None, None, raw)


def _answer_some() -> None:
    """The agent answers up to three tickets that nobody has answered yet."""
    from opora.people.models import Person
    from opora.tickets.actions.comment import NewComment, add_comment
    from opora.tickets.models import Ticket

    agent = Person.objects.get(email="owner@desk.test")
    for ticket in Ticket.objects.filter(metric__replies=0).order_by("id")[:3]:
        add_comment(ticket, NewComment(html=f"<p>Answer to {ticket.subject}</p>", author=agent), by=agent)
    _close_connections()


def _fork_worker() -> int:
    """Start a worker without loading everything anew: no connection is open when the process divides."""
    child = os.fork()
    if child:
        return child
    try:
        from opora.cli.worker import run

        run([])
    finally:
        os._exit(0)


def _wait_until_quiet(mails: int) -> None:
    """Until every mail is on a ticket and nothing is left to be done."""
    from opora.channels.email.models import InboundMail, OutboundMail
    from opora.events.models import Delivery

    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        owed = Delivery.objects.exclude(state="done").count()
        unsent = OutboundMail.objects.exclude(state="sent").count()
        processed = InboundMail.objects.filter(state="processed").count()
        _close_connections()
        if processed >= mails and not owed and not unsent:
            return
        time.sleep(0.2)


def _close_connections() -> None:
    """Leave none open for a forked worker to share, nor a pool whose threads it would not have."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def _report() -> dict:
    from opora.channels.email.models import InboundMail, OutboundMail
    from opora.tickets.models import Comment, Ticket

    return {
        "said": list(
            Comment.objects.filter(author_kind="customer").order_by("id").values_list("text", flat=True)
        ),
        "tickets": Ticket.objects.count(),
        "inbound": list(InboundMail.objects.values_list("state", flat=True)),
        "answers": Comment.objects.filter(author_kind="agent").count(),
        "outbound": list(OutboundMail.objects.values_list("message_id", "state", "attempts")),
    }


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))

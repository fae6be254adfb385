"""Measuring the budgets on a built desk, over HTTP where a person would, one request at a time."""

import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from bench import rules
from bench.api import measure_api
from bench.mails import take_mails_in
from bench.routing import route_thousand
from bench.words import Writer
from opora.automation.actions.save_rule import delete_rule
from opora.core.settling import settle
from opora.events.actor import SYSTEM
from opora.people.models import Person, Role
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.models import Category, Ticket, View

PORT = 8199
ROUNDS = 60
THREADS = 8
SEARCHES = [
    "refund", "замовлення", "заказ поврежденный", "API 500", "ORD-48213", "Rechnung", "кошти картку",
    "status<solved refund", "assignee:none замовленням", '"wrong address"', "settlement batch", "zwrot pieniędzy",
]  # fmt: skip


def measure() -> dict[str, Any]:
    """Return every measured figure: milliseconds (p50, p95; "cpu": mean of processor time) by work, rates, memory.

    On a machine that others use, too, the time on the wall says how busy they are; processor time says what we cost.
    """
    person = Person.objects.filter(role__kind=Role.Kind.ADMINISTRATOR).get()
    with serving() as port:
        visitor = Visitor(port, person)
        figures = {
            "view of 50 tickets": _views(visitor),
            "ticket of 50 comments": _tickets(visitor),
            "search, 30 results": _searches(visitor),
            "palette": _palette(visitor),
            "reply (HTTP, on its way)": _replies(visitor, person),
            "list views a second over 8 connections": _throughput(port, person),
        } | measure_api(port, person, served)
    settle()  # as the worker does
    figures["reply (commit, log, projections)"] = timed(_reply_action(person), ROUNDS)
    figures["create ticket with comment"] = timed(_create_action(), ROUNDS)
    figures |= _rules(person)
    figures |= take_mails_in(400)
    figures["1,000 waiting tickets given to 100 people"] = route_thousand()
    figures["memory of the tree at rest, MB"] = {"PSS": memory_at_rest()}
    return figures


class Visitor:
    """A signed-in browser without a browser: one keep-alive connection."""

    def __init__(self, port: int, person: Person) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        token = "a" * 32
        self.headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}; csrftoken={token}",
            "X-CSRFToken": token,
            "Accept-Language": "en",
        }

    def get(self, path: str) -> None:
        self._ask("GET", path, None)

    def post(self, path: str, form: dict[str, Any]) -> None:
        self._ask("POST", path, urlencode(form, doseq=True))

    def _ask(self, method: str, path: str, body: str | None) -> None:
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{method} {path} answered {answer.status}.")


def timed(
    work: Callable[[], Any],
    rounds: int,
    *,
    processor: Callable[[], float] = time.process_time,
    warm_up: int = 3,
) -> dict[str, float]:
    """Return p50, p95 and the mean of processor time of `rounds` runs in milliseconds, after some to warm up.

    `processor` tells the seconds that whoever does the work has used so far.
    """
    for _ in range(warm_up):
        work()
    times, used = [], processor()
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return {
        "p50": round(statistics.median(times), 1),
        "p95": round(statistics.quantiles(times, n=20)[-1], 1),
        "cpu": round((processor() - used) * 1000 / rounds, 1),
    }


def served(work: Callable[[], Any], rounds: int) -> dict[str, float]:
    """Like `timed`, for work that the web server does; three to warm up for each of its threads."""
    return timed(work, rounds, processor=_seconds_of_children, warm_up=3 * THREADS)


def _seconds_of_children() -> float:
    """Processor time of all processes below this one, in steps of a hundredth."""
    ticks = 0
    for pid in _descendants(os.getpid()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _rules(person: Person) -> dict[str, Any]:
    """An update without rules of the desk's own, with a hundred triggers, and with five of them firing."""
    figures = {"update of a ticket": timed(rules.update_work(person, rounds=ROUNDS), ROUNDS)}
    made = rules.triggers(100)
    figures["update, 100 triggers, none fires"] = timed(rules.update_work(person, rounds=ROUNDS), ROUNDS)
    made += rules.triggers(5, firing=5)
    figures["update, 100 triggers, 5 fire"] = timed(rules.update_work(person, rounds=ROUNDS), ROUNDS)
    figures["1,000 tickets judged by one tree"] = timed(rules.judgements(), ROUNDS)
    for rule in made:
        delete_rule(rule, by=SYSTEM)
    return figures


def _cycle(works: Sequence[Callable[[], Any]]) -> Callable[[], Any]:
    place = iter(range(10**9))
    return lambda: works[next(place) % len(works)]()


def _views(visitor: Visitor) -> dict[str, float]:
    """Every standard view in every order that lists offer."""
    paths = [
        f"/views/{view.pk}/?sort={sort}"
        for view in View.objects.all()
        for sort in ("-updated_at", "created_at", "-priority", "-id")
    ]
    return served(_cycle([partial(visitor.get, path) for path in paths]), max(ROUNDS, len(paths) * 2))


def _tickets(visitor: Visitor) -> dict[str, float]:
    ids = list(Ticket.objects.filter(metric__comments=50).values_list("pk", flat=True)[:30])
    return served(_cycle([partial(visitor.get, f"/tickets/{pk}") for pk in ids]), ROUNDS)


def _searches(visitor: Visitor) -> dict[str, float]:
    works = [partial(visitor.get, f"/search?q={quote(words)}") for words in SEARCHES]
    return served(_cycle(works), ROUNDS)


def _palette(visitor: Visitor) -> dict[str, float]:
    return served(
        _cycle([partial(visitor.get, f"/palette?q={quote(words)}") for words in SEARCHES[:6]]), ROUNDS
    )


def _open_tickets(count: int) -> list[Ticket]:
    return list(Ticket.objects.live().filter(category=Category.OPEN).order_by("-id")[:count])


def _replies(visitor: Visitor, person: Person) -> dict[str, float]:
    tickets = iter(_open_tickets(ROUNDS + 3 * THREADS))
    form = {"body": "<p>We are looking into it.</p>", "public": "true"}
    return served(lambda: visitor.post(f"/tickets/{next(tickets).pk}/comments", form), ROUNDS)


def _reply_action(person: Person) -> Callable[[], Any]:
    tickets = iter(_open_tickets(ROUNDS + 10))
    text = Writer(7).letter("uk")
    return lambda: add_comment(next(tickets), NewComment(html=f"<p>{text}</p>", author=person), by=person)


def _create_action() -> Callable[[], Any]:
    writer = Writer(8)
    customer = Person.objects.filter(role=None).order_by("id")[0]

    def create() -> None:
        comment = NewComment(html=f"<p>{writer.letter('uk')}</p>", author=customer)
        create_ticket(
            NewTicket(subject=writer.subject("uk"), requester=customer), by=customer, comment=comment
        )

    return create


def _throughput(port: int, person: Person) -> dict[str, float]:
    """List views a second when eight people look at once, for five seconds."""
    view = View.objects.order_by("id")[3]
    until = time.perf_counter() + 5
    counts: list[int] = []

    def look() -> None:
        visitor, count = Visitor(port, person), 0
        while time.perf_counter() < until:
            visitor.get(f"/views/{view.pk}/")
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"a second": round(sum(counts) / 5, 1)}


def memory_at_rest() -> float:
    """Return the megabytes that web server and worker hold together after a page was served (proportional set size)."""
    worker = subprocess.Popen([sys.executable, "-m", "opora.cli", "worker"], env=os.environ)
    try:
        with serving() as port:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/account/login/")
            connection.getresponse().read()
            time.sleep(8)
            return round(sum(map(_proportional_kilobytes, _descendants(os.getpid()))) / 1024, 1)
    finally:
        worker.terminate()
        try:
            worker.wait(30)
        except subprocess.TimeoutExpired:
            worker.kill()


def _descendants(pid: int) -> list[int]:
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        children += [int(child) for child in (task / "children").read_text().split()]
    return children + [grandchild for child in children for grandchild in _descendants(child)]


def _proportional_kilobytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


@contextmanager
def serving() -> Iterator[int]:
    """Run the web server on the same database and yield its port."""
    command = [sys.executable, "-m", "opora.cli", "web", "--port", str(PORT)]
    server = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                http.client.HTTPConnection("127.0.0.1", PORT, timeout=5).request("GET", "/account/login/")
                break
            except OSError:
                time.sleep(0.1)
        yield PORT
    finally:
        server.terminate()
        server.wait(60)

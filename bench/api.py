"""Measuring the API over HTTP, as an integration asks it."""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

from opora.api.actions.create_token import create_token
from opora.events.actor import SYSTEM
from opora.people.models import Person
from opora.tickets.models import Ticket

ROUNDS = 60
MOST_PAGES = 30
Timed = Callable[[Callable[[], Any], int], dict[str, float]]


class Program:
    """A caller with a token and one keep-alive connection."""

    def __init__(self, port: int, person: Person) -> None:
        _token, secret = create_token(person, by=SYSTEM, name="bench")
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        sent = json.dumps(body) if body is not None else None
        self.connection.request(method, f"/api/v2/{path}", body=sent, headers=self.headers)
        answer = self.connection.getresponse()
        read = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {read[:200]!r}")
        return read


def measure_api(port: int, person: Person, timed: Timed) -> dict[str, Any]:
    """Return the figures of the API: milliseconds (p50, p95), and tickets a second of the incremental export."""
    program = Program(port, person)
    ids = list(Ticket.objects.live().order_by("-id").values_list("pk", flat=True)[:50])
    return {
        "API: show a ticket": timed(_each(program, ids), ROUNDS),
        "API: list of 100 tickets": timed(lambda: program.ask("GET", "tickets.json?per_page=100"), ROUNDS),
        "API: list of 100 by cursor": timed(
            lambda: program.ask("GET", "tickets.json?page[size]=100"), ROUNDS
        ),
        "API: create a ticket with comment": timed(
            lambda: program.ask("POST", "tickets.json", _ticket()), ROUNDS
        ),
        "API: incremental export": _export(program),
    }


def _each(program: Program, ids: Sequence[int]) -> Callable[[], Any]:
    place = iter(range(10**9))
    return lambda: program.ask("GET", f"tickets/{ids[next(place) % len(ids)]}.json")


def _ticket() -> dict[str, Any]:
    return {
        "ticket": {
            "subject": "Parcel",
            "comment": {"body": "It is late."},
            "priority": "high",
            "tags": ["parcel"],
        }
    }


def _export(program: Program) -> dict[str, float]:
    path, count, began = "incremental/tickets/cursor.json?start_time=0", 0, time.perf_counter()
    for _page in range(MOST_PAGES):
        page = json.loads(program.ask("GET", path))
        count += len(page["tickets"])
        path = page["after_url"].partition("/api/v2/")[2]
        if page["end_of_stream"]:
            break
    return {"tickets a second": round(count / (time.perf_counter() - began)), "tickets": count}

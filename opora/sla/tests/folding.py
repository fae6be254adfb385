"""Telling the fold of a ticket's life in a line a step, without tables."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from opora.core.business_time import Hours, Schedule, Span, SpecialDay
from opora.sla.engine.clocks import Clock
from opora.sla.engine.fold import fold
from opora.sla.engine.metrics import Metric
from opora.sla.engine.policy import Book, Policy, Rules, Switches, Target, Use
from opora.sla.engine.state import TicketState, from_json, to_json
from opora.sla.engine.told import Told

KYIV = ZoneInfo("Europe/Kyiv")
K = Schedule.of(
    Hours(
        "Europe/Kyiv",
        (*((Span(540, 1080),),) * 5, (), ()),
        ((date(2026, 8, 24), SpecialDay("Independence Day")),),
    )
)
LOW, NORMAL, HIGH, URGENT = 1, 2, 3, 4
AGENT, CUSTOMER = 7, 1
MONDAY = (2026, 3, 30)


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV).astimezone(UTC)


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def policy(targets: dict[Metric, float | dict[int, float]], version: int = 1, **more: Any) -> Policy:
    """A policy whose targets are hours, for all priorities or by priority."""
    written = {
        (metric, priority): Target(
            hours(given[priority] if isinstance(given, dict) else given), more.get("around", False)
        )
        for metric, given in targets.items()
        for priority in (given if isinstance(given, dict) else (LOW, NORMAL, HIGH, URGENT))
    }
    more.pop("around", None)
    more.setdefault("id", version)
    return Policy(version=version, holds=more.pop("holds", lambda ticket, at: True), targets=written, **more)


def rules(*policies: Policy, uses: list[Use] | None = None, books: list[Book] | None = None) -> Rules:
    """Rules whose desk has the calendar K (1); calendar 2 is around the clock."""
    books = books or [Book(None, policies)]
    known = {one.version: one for book in books for one in book.policies}
    desk = [Use("desk", 0, 1, None, None)]
    return Rules(books, {1: K, 2: Schedule.always()}, [*desk, *(uses or [])], known)


class Life:
    """A ticket's life, told step by step."""

    def __init__(self, at: datetime, **created: Any) -> None:
        self.events: list[Told] = []
        self._ids, self._updates = count(1), count(1)
        words = created.pop("words", True)
        body = {"subject": "x", "channel": "email", "requester_id": CUSTOMER, "brand_id": 1, "group_id": 1}
        steps = [("ticket.created", body | created)]
        if words:
            steps.append(("ticket.commented", {"author_id": CUSTOMER, "author_kind": "customer"}))
        self.update(at, *steps)

    def update(self, at: datetime, *steps: tuple[str, dict], by: str = "agent") -> "Life":
        number = next(self._updates)
        self.events += [Told(next(self._ids), number, kind, at, by, body) for kind, body in steps]
        return self

    def asks(self, at: datetime, **more: Any) -> "Life":
        return self.update(
            at, ("ticket.commented", {"author_id": CUSTOMER, "author_kind": "customer"} | more), by="customer"
        )

    def replies(self, at: datetime, *more: tuple[str, dict], by: str = "agent", **body: Any) -> "Life":
        return self.update(
            at, ("ticket.commented", {"author_id": AGENT, "author_kind": "agent"} | body), *more, by=by
        )

    def moves(self, at: datetime, after: str) -> "Life":
        kind = {"solved": "ticket.solved", "closed": "ticket.closed"}.get(after, "ticket.status_changed")
        return self.update(at, (kind, {"before": "open", "after": after}))

    def reopens(self, at: datetime) -> "Life":
        return self.update(at, ("ticket.reopened", {"before": "solved", "after": "open"}))

    def priority(self, at: datetime, word: str) -> "Life":
        return self.update(at, prioritised(word))

    def group(self, at: datetime, group: int, before: int = 1) -> "Life":
        return self.update(at, ("ticket.assigned", {"group_id": group, "before_group_id": before}))

    def state(self, given: Rules) -> TicketState:
        """The fold; it must be the same when its state goes through JSON after each update (S1)."""
        whole = fold(1, self.events, given)
        assert from_json(to_json(whole)) == whole
        return whole

    def clock(self, given: Rules, metric: Metric, cycle: int = 1, agreement: str = "sla") -> Clock:
        found = [
            one for one in self.state(given).clocks if one.metric == metric and one.agreement == agreement
        ]
        return next(one for one in found if one.cycle == cycle)


def prioritised(word: str) -> tuple[str, dict]:
    return "ticket.changed", {"field": "priority", "after": word}


NO_GRACE = Switches(grace=timedelta())

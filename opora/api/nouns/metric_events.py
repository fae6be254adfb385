"""Ticket metric events: when each clock of a ticket began, paused and was fulfilled, folded from the log.

Rules, from the vendor's documentation of metric events: a customer's words start a reply time unless one runs, a
colleague's public words fulfil it; waiting and work pause while a ticket is pending (work on hold too); solving
fulfils everything, reopening begins the next instance. What was promised is told from the clocks of promises.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from opora.api.nouns.ticket_promises import Promises
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.times import stamp
from opora.events.models import Event

PER_EVENT = 32
KINDS = (
    "ticket.created", "ticket.commented", "ticket.status_changed", "ticket.solved", "ticket.reopened", "ticket.closed",
)  # fmt: skip
BREACHED = "ticket.sla_breached"
TOLD = (*KINDS, "ticket.changed", "ticket.assigned", "ticket.reply_not_needed", BREACHED)
"""What promises follow from as well."""
_AFTER = {"ticket.solved": "solved", "ticket.reopened": "open", "ticket.closed": "closed"}
_RUNS_IN = {
    "requester_wait_time": {"new", "open", "hold"},
    "agent_work_time": {"new", "open"},
    "resolution_time": {"new", "open", "pending", "hold"},
}
_DONE = {"solved", "closed"}
Step = tuple[str, int, str]


class _Clock:
    """One metric of a ticket: which instance, and whether it runs, pauses, or rests between instances."""

    def __init__(self, metric: str) -> None:
        self.metric, self.instance, self.state = metric, 0, "idle"

    def go(self) -> Iterator[Step]:
        if self.state == "idle":
            self.instance += 1
        if self.state != "active":
            self.state = "active"
            yield self.metric, self.instance, "activate"

    def pause(self) -> Iterator[Step]:
        if self.state == "active":
            self.state = "paused"
            yield self.metric, self.instance, "pause"

    def fulfil(self) -> Iterator[Step]:
        if self.state in {"active", "paused"}:
            self.state = "idle"
            yield self.metric, self.instance, "fulfill"


class _Course:
    """The clocks of one ticket as its events go by."""

    def __init__(self) -> None:
        self.reply = _Clock("reply_time")
        self.others = {name: _Clock(name) for name in _RUNS_IN}

    def read(self, kind: str, body: dict[str, Any]) -> Iterator[Step]:
        if kind == "ticket.commented":
            yield from self._words(body)
        else:
            word = (
                body.get("status", "new") if kind == "ticket.created" else body.get("after") or _AFTER[kind]
            )
            yield from self._status(word)

    def _words(self, body: dict[str, Any]) -> Iterator[Step]:
        if not body.get("is_public", True) or body.get("is_auto_reply"):
            return
        if body.get("author_kind") == "customer":
            yield from self.reply.go()
        else:
            yield from self.reply.fulfil()

    def _status(self, word: str) -> Iterator[Step]:
        for name, watch in self.others.items():
            if word in _DONE:
                yield from watch.fulfil()
            elif word in _RUNS_IN[name]:
                yield from watch.go()
            else:
                yield from watch.pause()


def _rows(call: Call) -> QuerySet[Event]:
    return Event.objects.filter(subject_kind="ticket", kind__in=TOLD)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    wanted = set(ids)
    tickets = set(Event.objects.filter(pk__in=ids).values_list("subject_id", flat=True))
    history = Event.objects.filter(subject_kind="ticket", subject_id__in=tickets, kind__in=TOLD).order_by(
        "id"
    )
    promises = Promises(list(tickets))
    courses: dict[int, _Course] = {}
    shown: list[Json] = []
    for pk, ticket_id, kind, at, body in history.values_list(
        "pk", "subject_id", "kind", "occurred_at", "body"
    ):
        course = courses.setdefault(ticket_id, _Course())
        told = [_event(at, step) for step in (course.read(kind, body) if kind in KINDS else ())]
        if pk not in wanted:
            continue
        told += promises.told_by(pk)
        if kind == BREACHED:
            told += promises.broken(ticket_id, body["clock"], at)
        shown += [
            {"id": pk * PER_EVENT + place, "ticket_id": ticket_id, **one, "deleted": False}
            for place, one in enumerate(told[:PER_EVENT])
        ]
    return shown


def _event(at: datetime, step: Step) -> Json:
    metric, instance, kind = step
    return {"metric": metric, "instance_id": instance, "type": kind, "time": stamp(at)}


METRIC_EVENTS = Noun(
    "ticket_metric_event", "ticket_metric_events", "incremental/ticket_metric_events", _rows, _present
)

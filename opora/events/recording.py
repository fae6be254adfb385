"""Writing facts down: one update is one transaction, one author and one group of events."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from opora.core import clock
from opora.core.prepared import insert
from opora.core.refusals import Refusal
from opora.core.remembered import look_again, looking_once
from opora.events.actor import Actor, ActsAsActor
from opora.events.fact import Fact, to_body
from opora.events.models import Delivery, Event
from opora.events.projection import project
from opora.events.registry import reactions_of

DEEPEST = 8
"""An update that lies more steps behind a human, customer or timer than this is taken for a loop and refused."""

WORK = frozenset({"ticket", "person", "mail"})
"""What facts of everyday work are about; all others may change how the desk is set."""


@dataclass
class Update:
    """The update being written: its author (`actor` is what the log keeps of `by`), its door, its cause, its events, what is owed for them."""

    id: int
    by: ActsAsActor
    actor: Actor
    via: str
    cause: Event | None
    depth: int
    events: list[Event] = field(default_factory=list)
    owed: list[Delivery] = field(default_factory=list)


class LoopRefused(Refusal):
    """Rules or reactions set each other off without end; the update was not made."""

    status = 409


_current: ContextVar[Update | None] = ContextVar("opora_update", default=None)
_cause: ContextVar[Event | None] = ContextVar("opora_cause", default=None)
_via: ContextVar[str] = ContextVar("opora_via", default="web")


_followers: list[Callable[[Update], None]] = []


def at_the_end_of_an_update(follow: Callable[[Update], None]) -> Callable[[Update], None]:
    """Call the function as the last step of each update, still inside its transaction."""
    _followers.append(follow)
    return follow


@contextmanager
def update(by: ActsAsActor, *, via: str = "", savepoint: bool = True) -> Iterator[Update]:
    """Open one update: a transaction whose events share an id and an author. Inside another it joins that one.

    Without `savepoint` a transaction that is open already is lost as a whole when this fails.
    """
    running = _current.get()
    if running is not None:
        yield running
        return
    cause = _cause.get()
    depth = cause.depth + 1 if cause else 0
    if depth > DEEPEST:
        raise LoopRefused(
            f"Stopped after {DEEPEST} steps: event {cause.id if cause else ''} led back to itself."
        )
    made = Update(new_update_id(), by, by.as_actor(), via or _via.get(), cause, depth)
    with transaction.atomic(savepoint=savepoint), looking_once():
        token = _current.set(made)
        try:
            yield made
        finally:
            _current.reset(token)
        if made.owed:
            Delivery.objects.bulk_create(made.owed)
        for follow in _followers:
            follow(made)


def new_update_id() -> int:
    """Return a number that grows with time and is unique without asking the database: ms × 2²⁰ + random."""
    return (int(clock.now().timestamp() * 1000) << 20) | secrets.randbits(20)


@contextmanager
def caused_by(event: Event) -> Iterator[None]:
    """Name `event` as the cause of the updates made inside."""
    token = _cause.set(event)
    try:
        yield
    finally:
        _cause.reset(token)


@contextmanager
def coming_via(via: str) -> Iterator[None]:
    """Name the door that updates made inside came through: web, mail, api, form, rule, import."""
    token = _via.set(via)
    try:
        yield
    finally:
        _via.reset(token)


def record(fact: Fact, *, subject_id: int, by: ActsAsActor, occurred_at: datetime | None = None) -> Event:
    """Write `fact` about the subject into the log, fold it into the projections, and note who has to react.

    `occurred_at` is when it became true; now, if not given. Joins the update that is open, or makes one of its own.
    """
    with update(by) as current:
        recorded_at = clock.now()
        event = Event(
            update_id=current.id,
            kind=fact.kind,
            subject_kind=fact.subject_kind,
            subject_id=subject_id,
            actor_kind=current.actor.kind,
            actor_id=current.actor.id,
            actor_name=current.actor.name[:255],
            via=current.via,
            cause_id=current.cause.id if current.cause else None,
            depth=current.depth,
            occurred_at=occurred_at or recorded_at,
            recorded_at=recorded_at,
            body=to_body(fact),
        )
        insert(event)
        if fact.subject_kind not in WORK:
            look_again()
        current.events.append(event)
        project(fact, event)
        _owe_deliveries(fact, event, current)
    return event


def _owe_deliveries(fact: Fact, event: Event, current: Update) -> None:
    current.owed += [
        Delivery(event=event, reaction=reaction.name, update_id=current.id)
        for reaction in reactions_of(type(fact))
        if reaction.when(fact)
    ]

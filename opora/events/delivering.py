"""Running what follows from an event: after commit, at least once, each reaction by itself."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django_tasks import task

from opora.core import clock
from opora.events.actor import SYSTEM
from opora.events.fact import Fact, from_body
from opora.events.log_events import LoopStopped
from opora.events.models import Delivery, Event
from opora.events.recording import LoopRefused, Update, at_the_end_of_an_update, caused_by, coming_via, record
from opora.events.registry import FACTS, REACTIONS

log = logging.getLogger("opora.events")

MOST_ATTEMPTS = 10
CLAIM_LASTS = timedelta(minutes=10)
"""A claim older than this is taken for a killed process; longer work must be a task of its own."""


@task()
def run_deliveries(update_id: int) -> int:
    """Run what is owed for one update; returns how many reactions ran without error."""
    return sum(_attempt(delivery) for delivery in _due().filter(update_id=update_id).order_by("id"))


@at_the_end_of_an_update
def enqueue_deliveries(made: Update) -> None:
    """Let a worker run what this update owes; the task is a row of the same transaction."""
    if made.owed:
        run_deliveries.enqueue(update_id=made.id)


def run_overdue_deliveries(*, limit: int = 500) -> int:
    """Run deliveries that are due and that no task took: left by a killed process or waiting for another try."""
    return sum(_attempt(delivery) for delivery in _due().order_by("due_at")[:limit])


def _due():  # type: ignore[no-untyped-def]
    now = clock.now()
    waiting = Q(state=Delivery.State.PENDING, due_at__lte=now)
    abandoned = Q(state=Delivery.State.RUNNING, due_at__lte=now, claimed_at__lt=now - CLAIM_LASTS)
    return Delivery.objects.filter(waiting | abandoned).select_related("event")


def _attempt(delivery: Delivery) -> bool:
    """Claim the delivery, run its reaction, and note how it went. False if another worker has it or it failed."""
    if not _claim(delivery):
        return False
    try:
        _run(delivery)
    except LoopRefused as refusal:
        _stop_loop(delivery, refusal)
        return False
    except Exception as problem:
        log.exception("Reaction %s of event %s failed.", delivery.reaction, delivery.event_id)
        _put_off(delivery, problem)
        return False
    return True


def _claim(delivery: Delivery) -> bool:
    claimed = Delivery.objects.filter(
        pk=delivery.pk, state=delivery.state, attempts=delivery.attempts
    ).update(state=Delivery.State.RUNNING, claimed_at=clock.now(), attempts=F("attempts") + 1)
    return claimed == 1


def _run(delivery: Delivery) -> None:
    """Run the reaction and mark it done in one transaction, so that what it writes is written exactly once."""
    event = delivery.event
    fact = fact_of(event)
    with transaction.atomic(), caused_by(event), coming_via("rule"):
        for reaction in REACTIONS.get(delivery.reaction, []):
            if isinstance(fact, reaction.fact):
                reaction.run(fact, event)
                break
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.DONE, done_at=clock.now(), error=""
        )


def fact_of(event: Event) -> Fact:
    """Return the typed fact that `event` recorded."""
    return from_body(FACTS[event.kind], event.body)


def _put_off(delivery: Delivery, problem: Exception) -> None:
    attempts = delivery.attempts + 1
    given_up = attempts >= MOST_ATTEMPTS
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.FAILED if given_up else Delivery.State.PENDING,
        due_at=clock.now() + timedelta(seconds=min(5 * 2**attempts, 3600)),
        error=f"{type(problem).__name__}: {problem}"[:2000],
    )


def _stop_loop(delivery: Delivery, refusal: LoopRefused) -> None:
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.FAILED, error=refusal.sentence)
        record(LoopStopped(reaction=delivery.reaction), subject_id=delivery.event_id, by=SYSTEM)

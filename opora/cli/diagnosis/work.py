"""The worker, its tasks, what follows from events, and the chain over the log."""

from collections.abc import Iterator
from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from opora.cli.diagnosis.finding import Finding, Look, bad, count_of, ok, span_of, warning
from opora.cli.heartbeat import LATE_AFTER, last_beat
from opora.core import clock
from opora.events.models import Delivery, Event, Seal
from opora.events.sealing import first_broken_seal

LATELY = timedelta(days=1)
SLOW_AFTER = timedelta(minutes=2)
UNSEALED_AFTER = timedelta(minutes=20)


def check_worker(look: Look) -> Iterator[Finding]:
    beat = last_beat()
    start = "Start it with `bin/opora worker`, or everything with `bin/opora up`."
    if beat is None:
        yield bad("The worker has never run here: no mail comes in or goes out.", start)
    elif beat.age > LATE_AFTER:
        yield bad(f"The worker gave its last sign of life {span_of(beat.age.total_seconds())} ago.", start)
    else:
        yield ok(f"The worker runs (process {beat.pid} on {beat.host}).")


def check_tasks(look: Look) -> Iterator[Finding]:
    now = clock.now()
    late = (
        DBTaskResult.objects.ready()
        .filter(enqueued_at__lt=now - SLOW_AFTER)
        .exclude(run_after__range=(now - SLOW_AFTER, now))
    )
    waiting = late.count()
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=now - LATELY)
    if waiting:
        sentence = f"{count_of(waiting, 'task waits', 'tasks wait')} longer than {span_of(SLOW_AFTER.total_seconds())}."
        yield warning(sentence, "The worker is away or has much to do; look again in some minutes.")
    names = sorted({path.rpartition(".")[2] for path in failed.values_list("task_path", flat=True)[:100]})
    if names:
        yield warning(f"Tasks of the last day failed: {', '.join(names)}.", "The worker's log says why.")
    if not (waiting or names):
        yield ok("No task waits or has failed.")


def check_deliveries(look: Look) -> Iterator[Finding]:
    failed = Delivery.objects.filter(state=Delivery.State.FAILED).order_by("-id")
    names = sorted(set(failed.values_list("reaction", flat=True)[:500]))
    unfinished = [Delivery.State.PENDING, Delivery.State.RUNNING]
    overdue = Delivery.objects.filter(state__in=unfinished, due_at__lt=clock.now() - SLOW_AFTER).count()
    if names:
        yield warning(
            f"What should follow from events was given up: {', '.join(names)}.",
            "Try it again in Settings, Log.",
        )
    if overdue:
        sentence = f"{count_of(overdue, 'reaction waits', 'reactions wait')} longer than {span_of(SLOW_AFTER.total_seconds())}."
        yield warning(sentence, "See whether the worker runs.")
    if not (names or overdue):
        yield ok("Everything that follows from events has been done.")


def check_log(look: Look) -> Iterator[Finding]:
    """Whether nobody changed the log: its last seals, or with `thorough` all of them."""
    last = Seal.objects.order_by("-id").first()
    if look.thorough:
        broken = first_broken_seal()
        if broken:
            sentence = (
                f"The log was changed between events {broken.first_event_id} and {broken.last_event_id}."
            )
            yield bad(sentence, "Find out who can write to the database, and compare with a backup.")
            return
        yield ok("Nobody has changed the log: all its seals hold.")
    elif last:
        yield from _counts(last)
    old = Event.objects.filter(recorded_at__lt=clock.now() - UNSEALED_AFTER).order_by("-id").first()
    if old and (last is None or last.last_event_id < old.id):
        yield warning(
            "The newest part of the log is not sealed.", "The worker seals it within minutes of its start."
        )


def _counts(last: Seal) -> Iterator[Finding]:
    """Rows added to or taken from under the last seals show at once; changed ones need a thorough look."""
    wrong = [
        seal
        for seal in Seal.objects.order_by("-id")[:20]
        if Event.objects.filter(id__range=(seal.first_event_id, seal.last_event_id)).count() != seal.events
    ]
    if wrong:
        sentence = (
            f"The log was changed between events {wrong[-1].first_event_id} and {wrong[0].last_event_id}."
        )
        yield bad(sentence, "Find out who can write to the database, and compare with a backup.")
    else:
        yield ok("The newest part of the log is complete; `bin/opora audit verify` proves all of it.")

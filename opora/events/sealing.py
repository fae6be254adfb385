"""The hash chain over the log: a changed, removed or inserted row breaks it.

Sealing is done in batches by a timer, a little behind the present, so that writers never wait for each other
for the sake of the chain; what is not sealed yet is a few minutes old.
"""

import hashlib
import json
import time
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from opora.core import clock
from opora.events.models import Event, Seal

LAG = timedelta(minutes=5)
"""Longer than any transaction may last, so that no event with a lower id can still appear."""
BATCH = 1000
MOST_BATCHES = 60
PAUSE_SECONDS = 0.05


def seal_events(*, most_batches: int = MOST_BATCHES) -> int:
    """Seal the events older than `LAG` that no seal covers yet, oldest first; returns how many were sealed.

    What is left after `most_batches` waits for the next time; between batches other writers have their turn.
    """
    sealed = 0
    for _ in range(most_batches):
        batch = _seal_batch()
        sealed += batch
        if batch < BATCH:
            break
        time.sleep(PAUSE_SECONDS)
    return sealed


def _seal_batch() -> int:
    """Read and digest outside the transaction; write the seal only if nobody else sealed meanwhile."""
    last = Seal.objects.order_by("-id").first()
    start = last.last_event_id if last else 0
    events = list(
        Event.objects.filter(id__gt=start, recorded_at__lt=clock.now() - LAG).order_by("id")[:BATCH]
    )
    if not events:
        return 0
    seal = Seal(
        first_event_id=events[0].id,
        last_event_id=events[-1].id,
        events=len(events),
        digest=_digest(last.digest if last else "", events),
    )
    with transaction.atomic():
        newest = Seal.objects.select_for_update().order_by("-id").first()
        if (newest.pk if newest else None) != (last.pk if last else None):
            return 0
        seal.save()
    return len(events)


def first_broken_seal() -> Seal | None:
    """Return the first seal that does not fit the log as it is now, or None when the chain holds."""
    before, reached = "", 0
    for seal in Seal.objects.order_by("id").iterator():
        events = Event.objects.filter(id__gt=reached, id__lte=seal.last_event_id).order_by("id")
        if _digest(before, events.iterator()) != seal.digest:
            return seal
        before, reached = seal.digest, seal.last_event_id
    return None


def _digest(before: str, events: Iterable[Event]) -> str:
    digest = hashlib.sha256(before.encode())
    for event in events:
        digest.update(_canonical(event))
    return digest.hexdigest()


def _canonical(event: Event) -> bytes:
    fields = [
        event.id, event.update_id, event.kind, event.subject_kind, event.subject_id, event.actor_kind,
        event.actor_id, event.actor_name, event.via, event.cause_id, event.depth,
        event.occurred_at.isoformat(), event.recorded_at.isoformat(), event.body,
    ]  # fmt: skip
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

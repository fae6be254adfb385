"""The hash chain over the log: a changed, removed or inserted row breaks it.

Sealing is done in batches by a timer, a little behind the present, so that writers never wait for each other
for the sake of the chain; what is not sealed yet is a few minutes old.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction

from opora.core import clock
from opora.events.models import Event, Seal

LAG = timedelta(minutes=5)
"""Longer than any transaction may last, so that no event with a lower id can still appear."""
BATCH = 1000


def seal_events() -> int:
    """Seal the events older than `LAG` that no seal covers yet; returns how many were sealed."""
    sealed = 0
    while True:
        with transaction.atomic():
            last = Seal.objects.select_for_update().order_by("-id").first()
            start = last.last_event_id if last else 0
            events = list(
                Event.objects.filter(id__gt=start, recorded_at__lt=clock.now() - LAG).order_by("id")[:BATCH]
            )
            if not events:
                return sealed
            Seal.objects.create(
                first_event_id=events[0].id,
                last_event_id=events[-1].id,
                events=len(events),
                digest=_digest(last.digest if last else "", events),
            )
            sealed += len(events)


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

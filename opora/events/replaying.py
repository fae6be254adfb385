"""Rebuilding projections from the log."""

from collections.abc import Iterable

from django.db import transaction

from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.events.projection import PROJECTIONS, Projection, UpdateProjection
from opora.events.registry import FACTS


def replay(projections: Iterable[Projection] | None = None) -> int:
    """Empty the projections (all, if none are named) and fold the whole log into them again; returns events read."""
    chosen = list(PROJECTIONS.values() if projections is None else projections)
    whole = [projection for projection in chosen if isinstance(projection, UpdateProjection)]
    read = 0
    with transaction.atomic():
        for projection in chosen:
            projection.reset()
        for event in Event.objects.order_by("id").iterator(chunk_size=2000):
            read += 1
            if event.kind in FACTS:
                fact = fact_of(event)
                for projection in chosen:
                    projection.project(fact, event)
                for projection in whole:
                    projection.gather(event)
        for projection in whole:
            projection.finish()
    return read

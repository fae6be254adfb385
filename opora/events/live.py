"""Telling open pages that something changed."""

from django.db.models import QuerySet

from opora.core.prepared import prepared
from opora.events.models import Event, Signal


def announce(kind: str, *, subject_kind: str, subject_id: int) -> None:
    """Tell open pages of something that is not worth keeping: somebody looks at a ticket, somebody types."""
    Signal.objects.create(kind=kind, subject_kind=subject_kind, subject_id=subject_id)


def newest_event_id() -> int:
    """Return where the log ends now, so that a page can ask for what comes after it was drawn."""
    return _newest.first() or 0


@prepared
def _newest() -> QuerySet[Event, int]:
    return Event.objects.order_by("-id").values_list("id", flat=True)[:1]

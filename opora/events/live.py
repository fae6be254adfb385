"""Telling open pages that something changed."""

from opora.events.models import Event, Signal


def announce(kind: str, *, subject_kind: str, subject_id: int) -> None:
    """Tell open pages of something that is not worth keeping: somebody looks at a ticket, somebody types."""
    Signal.objects.create(kind=kind, subject_kind=subject_kind, subject_id=subject_id)


def newest_event_id() -> int:
    """Return where the log ends now, so that a page can ask for what comes after it was drawn."""
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0

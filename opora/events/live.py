"""Telling open pages that something changed."""

from opora.events.models import Signal


def announce(kind: str, *, subject_kind: str, subject_id: int) -> None:
    """Tell open pages of something that is not worth keeping: somebody looks at a ticket, somebody types."""
    Signal.objects.create(kind=kind, subject_kind=subject_kind, subject_id=subject_id)

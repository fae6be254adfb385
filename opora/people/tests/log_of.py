"""What tests ask of the log."""

from opora.events.models import Event


def kinds_of(subject_kind: str, subject_id: int) -> list[str]:
    """The kinds of everything that was recorded about a subject, oldest first."""
    events = Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("id")
    return list(events.values_list("kind", flat=True))


def last_event() -> Event:
    return Event.objects.order_by("-id")[0]

"""Somebody has read what they were told, and old news is forgotten."""

from datetime import timedelta

from django.db.models import QuerySet

from opora.core import clock
from opora.events.live import announce
from opora.notifications.models import Notification
from opora.people.models import Person
from opora.tickets.models import Ticket

KEPT = timedelta(days=90)


def read_notification(notification: Notification) -> None:
    """Mark one as read; the person's other tabs learn of it."""
    _mark(Notification.objects.filter(pk=notification.pk), notification.person)


def read_all(person: Person, *, ticket: Ticket | None = None) -> int:
    """Mark as read all that the person was told, or what concerns one ticket; returns how many were unread."""
    theirs = Notification.objects.filter(person=person)
    return _mark(theirs.filter(ticket=ticket) if ticket else theirs, person)


def forget_old_notifications() -> int:
    """Remove what is older than ninety days; the log keeps what happened."""
    return Notification.objects.filter(created_at__lt=clock.now() - KEPT).delete()[0]


def _mark(notifications: QuerySet[Notification], person: Person) -> int:
    marked = notifications.filter(read_at=None).update(read_at=clock.now())
    if marked:
        announce("notification", subject_kind="person", subject_id=person.pk)
    return marked

"""What is owed by mail is mailed: each thing by itself, or, when much happens at once, together."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from opora.core import clock
from opora.notifications.house_mail import house_mailbox
from opora.notifications.mailer import mail_digest, mail_notification
from opora.notifications.models import Notification
from opora.people.models import Person
from opora.tickets.policy import may_see

log = logging.getLogger("opora.notifications")

TOGETHER_ABOVE = 5
WINDOW = timedelta(minutes=10)
"""Who would get more than five mails within this time gets one, at its end."""
AGAIN_AFTER = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=1)


def mail_due_notifications(*, limit: int = 200) -> int:
    """Mail what is owed and still unread; returns how many mails were made. A desk that cannot send owes nothing."""
    now = clock.now()
    due = Notification.objects.filter(mail_due_at__lte=now).order_by("mail_due_at")
    people = list(dict.fromkeys(due.values_list("person_id", flat=True)[:limit]))
    if people and house_mailbox() is None:
        _forget(due)
        return 0
    _forget(_owed().filter(person__in=people, read_at__isnull=False))
    _forget(_owed().filter(person__in=people, created_at__lt=now - GIVE_UP_AFTER))
    return sum(_mail_person(person_id) for person_id in people)


def _mail_person(person_id: int) -> int:
    owed = list(
        _owed().filter(person=person_id).select_related("event", "ticket", "person__role").order_by("id")
    )
    if not owed:
        return 0
    if owed[0].created_at <= clock.now() - WINDOW:
        return _mail(owed[0].person, owed)
    recent = Notification.objects.filter(person=person_id, created_at__gt=clock.now() - WINDOW)
    if len(owed) + recent.filter(mailed_at__isnull=False).count() > TOGETHER_ABOVE:
        _put_off(owed, owed[0].created_at + WINDOW)
        return 0
    return sum(_mail(notification.person, [notification]) for notification in owed if _is_due(notification))


def _mail(person: Person, notifications: Sequence[Notification]) -> int:
    """Claim, write and mark in one transaction: the mail itself leaves by a task of that transaction."""
    ids = [notification.pk for notification in notifications]
    try:
        with transaction.atomic():
            if not _owed().filter(pk__in=ids).update(mail_due_at=None, mailed_at=clock.now()):
                return 0
            seen = [one for one in notifications if person.is_colleague and _may_know(person, one)]
            if len(seen) == 1:
                mail_notification(seen[0])
            elif seen:
                mail_digest(person, seen)
    except Exception:
        log.exception("Person %s could not be told by mail; trying again in ten minutes.", person.pk)
        _put_off(notifications, clock.now() + AGAIN_AFTER)
        return 0
    return 1 if seen else 0


def _may_know(person: Person, notification: Notification) -> bool:
    return notification.ticket is None or may_see(person, notification.ticket)


def _is_due(notification: Notification) -> bool:
    return notification.mail_due_at is not None and notification.mail_due_at <= clock.now()


def _owed() -> QuerySet[Notification]:
    return Notification.objects.filter(mail_due_at__isnull=False)


def _put_off(notifications: Sequence[Notification], until: datetime) -> None:
    Notification.objects.filter(pk__in=[one.pk for one in notifications], mail_due_at__isnull=False).update(
        mail_due_at=until
    )


def _forget(notifications: QuerySet[Notification]) -> None:
    notifications.update(mail_due_at=None)

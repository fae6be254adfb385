"""What webhooks sent long ago is forgotten, and what could not be sent for days is given up."""

from datetime import timedelta

from opora.core import clock
from opora.webhooks.models import Attempt, Invocation
from opora.webhooks.sending.backoff import GIVE_UP_AFTER

KEPT_DAYS = 14
"""The record has copies of what customers wrote, so it is not kept for long."""
AT_ONCE = 2000

State = Invocation.State


def forget_old_invocations() -> int:
    """Give up what waits for three days, delete what is older than two weeks; returns how many were deleted."""
    now = clock.now()
    waiting = Invocation.objects.filter(state__in=[State.PENDING, State.SENDING])
    stale = waiting.filter(queued_at__lt=now - GIVE_UP_AFTER)
    stale.update(state=State.FAILED, finished_at=now)
    deleted = 0
    while ids := _old(now - timedelta(days=KEPT_DAYS)):
        Attempt.objects.filter(invocation__in=ids).delete()
        deleted += Invocation.objects.filter(pk__in=ids).delete()[0]
    return deleted


def _old(before: object) -> list[int]:
    """A part of what is too old: short transactions let others write in between."""
    over = Invocation.objects.filter(created_at__lt=before, state__in=[State.DELIVERED, State.FAILED])
    return list(over.order_by("created_at").values_list("pk", flat=True)[:AT_ONCE])

"""Sending what is owed, many endpoints at once, so that a slow one holds up nobody but itself."""

import logging
import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor

from django.db import close_old_connections, connections
from django.db.models import Q

from opora.core import clock
from opora.webhooks.actions.deliver import deliver, due_invocations

log = logging.getLogger("opora.webhooks")

PAUSE_SECONDS = 0.5
AT_ONCE = 24
AT_ONCE_TO_ONE = 4
"""An endpoint that answers slowly takes this many of the senders and no more."""


def run_courier(stopping: threading.Event) -> None:
    """Send what is due until told to stop. Any number of these may run; each request goes through one of them."""
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="courier") as senders:
        round_ = Round(senders)
        while not stopping.wait(PAUSE_SECONDS):
            try:
                while round_.send_due() and not stopping.is_set():
                    stopping.wait(0.01)
            except Exception:
                log.exception("The courier of webhooks stumbled and goes on.")
            finally:
                close_old_connections()


class Round:
    """Who is being sent to now."""

    def __init__(self, senders: ThreadPoolExecutor) -> None:
        self._senders = senders
        self._sending: dict[Future[None], tuple[int, int]] = {}

    def send_due(self) -> int:
        """Hand what is due to free senders, webhook by webhook; returns how much that was."""
        self._sending = {future: what for future, what in self._sending.items() if not future.done()}
        busy = Counter(webhook_id for webhook_id, _id in self._sending.values())
        handed = 0
        for webhook_id in _webhooks_with_work():
            free = min(AT_ONCE_TO_ONE - busy[webhook_id], AT_ONCE - len(self._sending))
            for invocation_id in self._next(webhook_id, free) if free > 0 else ():
                self._sending[self._senders.submit(_send, invocation_id)] = (webhook_id, invocation_id)
                handed += 1
        return handed

    def _next(self, webhook_id: int, count: int) -> list[int]:
        """The oldest requests of the webhook that nobody here is sending yet."""
        taken = [invocation_id for _webhook, invocation_id in self._sending.values()]
        due = due_invocations().filter(webhook_id=webhook_id).exclude(pk__in=taken)
        return list(due.order_by("due_at", "id").values_list("pk", flat=True)[:count])


def _webhooks_with_work() -> list[int]:
    now = clock.now()
    open_ones = Q(webhook__health__paused_until__isnull=True) | Q(webhook__health__paused_until__lte=now)
    ids = due_invocations().filter(open_ones).order_by().values_list("webhook_id", flat=True).distinct()
    return list(ids)


def _send(invocation_id: int) -> None:
    """One request in a thread of its own; it holds no connection to the database while it waits for the answer."""
    try:
        deliver(invocation_id, meanwhile=connections.close_all)
    except Exception:
        log.exception("Request %s of a webhook could not be sent; it is tried again.", invocation_id)
    finally:
        connections.close_all()

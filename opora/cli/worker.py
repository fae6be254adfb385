"""`worker`: background tasks, timers and mail intake in one process."""

import logging
import signal
import threading
from types import FrameType

import django

log = logging.getLogger("opora.worker")


def run(arguments: list[str]) -> None:
    django.setup()
    from opora.channels.email.intake import watch_mailboxes
    from opora.cli.periodic import run_timers
    from opora.cli.tasks import run_tasks
    from opora.core.settling import settle
    from opora.webhooks.sending.courier import run_courier

    settle()
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda number, frame: _stop(stopping, frame))
    signal.signal(signal.SIGINT, lambda number, frame: _stop(stopping, frame))
    parts = [
        threading.Thread(target=part, args=(stopping,), name=part.__name__)
        for part in (run_timers, watch_mailboxes, run_courier)
    ]
    for part in parts:
        part.start()
    run_tasks(stopping)
    for part in parts:
        part.join(timeout=5)


def _stop(stopping: threading.Event, frame: FrameType | None) -> None:
    stopping.set()

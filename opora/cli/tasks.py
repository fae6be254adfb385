"""Running background tasks until told to stop."""

import logging
import secrets
import threading

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

log = logging.getLogger("opora.worker")
PAUSE_SECONDS = 0.25
MEND_AFTER_SECONDS = 2.0


def run_tasks(stopping: threading.Event) -> None:
    """Run tasks of all queues as they come; a lost database is waited for."""
    while not stopping.is_set():
        worker = Worker(
            queue_names=["*"],
            interval=PAUSE_SECONDS,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"opora-{secrets.token_hex(4)}",
            excluded_queue_names=[],
        )
        try:
            worker.run()
        except Exception:
            log.exception("The task runner stumbled and starts again.")
            close_old_connections()
            stopping.wait(MEND_AFTER_SECONDS)
        stopping.wait(PAUSE_SECONDS)

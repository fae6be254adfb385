"""The worker's sign of life: a small file in the data folder, readable even while the database is not."""

import json
import os
import socket
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from opora.core import clock

EVERY_SECONDS = 15
LATE_AFTER = timedelta(minutes=1)
TOLERATED_JUMP = 5.0


@dataclass(frozen=True)
class Beat:
    """`at` is when; `ticks` the machine's own count of seconds then; `jumped` by how much its clock was last set."""

    at: str
    ticks: float
    pid: int
    host: str
    jumped: float = 0.0
    jumped_at: str = ""

    @property
    def age(self) -> timedelta:
        return clock.now() - datetime.fromisoformat(self.at)


def beat() -> None:
    """Leave a sign of life, and note when the machine's clock was set forward or back since the last one."""
    before, now, ticks = last_beat(), clock.now(), time.monotonic()
    jumped, jumped_at = (before.jumped, before.jumped_at) if before else (0.0, "")
    if before and before.pid == os.getpid():
        drift = (now - datetime.fromisoformat(before.at)).total_seconds() - (ticks - before.ticks)
        if abs(drift) > TOLERATED_JUMP:
            jumped, jumped_at = round(drift, 1), now.isoformat()
    made = Beat(now.isoformat(), ticks, os.getpid(), socket.gethostname(), jumped, jumped_at)
    _write(_path(), json.dumps(asdict(made)))


def last_beat() -> Beat | None:
    """Return the last sign of life, None when there never was one."""
    try:
        return Beat(**json.loads(_path().read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _path() -> Path:
    return Path(settings.DATA_DIR) / "worker.heartbeat"


def _write(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".part")
    unfinished.write_text(text)
    unfinished.replace(path)

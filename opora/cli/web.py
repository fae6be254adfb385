"""`web`: pages and live stream on one port."""

import argparse
import os

from granian import Granian
from granian.constants import Interfaces, Loops


def run(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser("bin/opora web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--processes", type=int, default=int(os.environ.get("OPORA_WEB_PROCESSES", "1")))
    options = parser.parse_args(arguments)
    Granian(
        "opora.asgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=options.processes,
        log_enabled=True,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=30,
        backlog=1024,
    ).serve()

"""`bench`: builds a desk of N tickets in its own data folder and measures the budgets; prints JSON."""

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path

import django


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    if "DATABASE_URL" not in os.environ:
        os.environ["OPORA_DATA"] = str(Path(options.folder or f"data/bench-{options.tickets}").resolve())
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from bench.build import build_desk
    from bench.measure import measure
    from bench.promises import measure_promises
    from bench.rows import analyse
    from opora.tickets.models import Ticket

    call_command("migrate", verbosity=0)
    result: dict[str, object] = {
        "tickets": options.tickets,
        "database": connection.vendor,
        "machine": _machine(),
    }
    present = Ticket.objects.count()
    if present == 0:
        began = time.perf_counter()
        result["build"] = {step: round(seconds, 1) for step, seconds in build_desk(options.tickets).items()}
        result["build seconds"] = round(time.perf_counter() - began, 1)
    elif abs(present - options.tickets) > 5000:
        print(f"This database holds {present} tickets already; give an empty one.", file=sys.stderr)
        return 1
    if not options.only_build:
        analyse()  # as the worker does when it starts
        result["figures"] = measure()
        result["promises"] = measure_promises(clocks=options.clocks)
    print(json.dumps(result, indent=1))
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/opora bench")
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--folder", help="data folder of the built desk, kept for the next run (SQLite)")
    parser.add_argument(
        "--clocks", type=int, default=1_000_000, help="open clocks beside which breaches are looked for"
    )
    parser.add_argument("--only-build", action="store_true")
    return parser.parse_args(arguments)


def _machine() -> dict[str, object]:
    """What was measured on; "others" is the load of the machine before we began, "loop" the speed of a core in ms."""
    return {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "system": platform.platform(terse=True),
        "others": round(os.getloadavg()[1], 1),
        "loop": round(_loop() * 1000),
    }


def _loop() -> float:
    """Seconds of processor time for ten million steps of an empty loop: how fast one core is today."""
    began = time.process_time()
    for _ in range(10_000_000):
        pass
    return time.process_time() - began

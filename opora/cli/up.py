"""`up`: everything in one process tree, stopped cleanly by Ctrl-C."""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

GRACE_SECONDS = 10


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    prepare = [sys.executable, "-m", "opora.cli.prepare", *(["--empty"] if options.empty else [])]
    prepared = subprocess.run(prepare, check=False)
    if prepared.returncode:
        return prepared.returncode
    address = ["--host", options.host, "--port", str(options.port)]
    children = [_child("web", *address), _child("worker")]
    print(f"\nOpora is at http://{options.host}:{options.port}/   (Ctrl-C stops it)\n", flush=True)
    return _watch(children)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/opora up")
    parser.add_argument(
        "--empty", action="store_true", help="start with the first-run wizard instead of the demo"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(arguments)


def _child(command: str, *arguments: str) -> subprocess.Popen:
    # A session of its own, so that Ctrl-C reaches the children once, from us, in order.
    return subprocess.Popen([sys.executable, "-m", "opora.cli", command, *arguments], start_new_session=True)


def _watch(children: list[subprocess.Popen]) -> int:
    """Wait until a signal comes or a child ends, then end them all; returns the exit code."""
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda received, frame: asked.append(received))
    while not asked and all(child.poll() is None for child in children):
        time.sleep(0.2)
    fallen = [child for child in children if child.poll() is not None]
    if not asked and fallen:
        print("A part of Opora ended by itself; its last lines above say why. Stopping.", file=sys.stderr)
    for child in _living(children):
        os.killpg(child.pid, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while any(_living(children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for child in _living(children):
        os.killpg(child.pid, signal.SIGKILL)
    return 0 if asked else 1


def _living(children: list[subprocess.Popen]) -> Iterator[subprocess.Popen]:
    return (child for child in children if child.poll() is None)

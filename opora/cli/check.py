"""`test`: every check and test of the project, on SQLite always, on PostgreSQL and in a browser where they are."""

import argparse
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
NO_TESTS = 5
POSTGRESQL = "postgres://opora:opora@127.0.0.1:5432/opora"
"""Where a PostgreSQL for tests is looked for when `DATABASE_URL` names none."""

CHECKS = [
    ("lint", ["ruff", "check", "."]),
    ("format", ["ruff", "format", "--check", "."]),
    ("layers", ["lint-imports"]),
    ("types", ["mypy", "opora"]),
    ("migrations", ["python", "-m", "opora.cli", "manage", "makemigrations", "--check", "--dry-run"]),
    ("events page", ["python", "-m", "opora.cli", "events", "document", "--check"]),
]


def run(arguments: list[str]) -> int:
    options = _options(arguments)
    failed: list[str] = []
    if not options.paths:
        failed += [name for name, command in CHECKS if not _step(name, command)]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    some = [*options.paths]
    pytest = ["python", "-m", "pytest", "-q", "-n", str(options.processes), "--dist", "loadgroup", *some]
    alone = ["python", "-m", "pytest", "-q", *some]
    steps = {
        "tests on SQLite": [*pytest, "-m", "not postgres and not browser"],
        # By itself: one desk and one browser on a machine that does nothing else.
        "tests in a browser": [*alone, "-m", "browser"],
    }
    failed += [
        name for name, command in steps.items() if not _step(name, command, environment, some=bool(some))
    ]
    url = os.environ.get("DATABASE_URL") or POSTGRESQL
    if not _reachable(url):
        print(
            "\n!! NOT RUN: the tests on PostgreSQL, for no server answers. Set DATABASE_URL to run them.",
            flush=True,
        )
    elif not _step(
        "tests on PostgreSQL",
        [*pytest, "-m", "not browser", "--second-database"],
        environment | {"DATABASE_URL": url},
        some=bool(some),
    ):
        failed.append("tests on PostgreSQL")
    if not shutil.which("chromium"):
        print("\n!! NOT RUN: the browser tests, for there is no Chromium.", flush=True)
    print(f"\nFailed: {', '.join(failed)}." if failed else "\nEverything passed.", flush=True)
    return 1 if failed else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("bin/opora test")
    parser.add_argument("--processes", default="2", help="test processes at once")
    parser.add_argument("paths", nargs="*", help="only these tests, and no checks")
    return parser.parse_args(arguments)


def _step(
    name: str, command: list[str], environment: dict[str, str] | None = None, *, some: bool = False
) -> bool:
    """Run one command. Of `some` paths none may be for this step, which is fine (pytest ends with 5 then)."""
    print(f"\n== {name}", flush=True)
    began = time.perf_counter()
    program = Path(sys.executable).parent / command[0]
    code = subprocess.run([str(program), *command[1:]], cwd=ROOT, env=environment, check=False).returncode
    is_fine = code == 0 or (some and code == NO_TESTS)
    print(f"   {'ok' if is_fine else 'FAILED'}, {time.perf_counter() - began:.0f} s", flush=True)
    return is_fine


def _reachable(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True

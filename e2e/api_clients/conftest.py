"""A running desk with a token for programs, and a larger one to be read as a whole."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct-horse-battery"
TICKETS = 5000


@dataclass(frozen=True)
class Served:
    """Where a desk answers, and who may ask."""

    url: str
    email: str
    token: str

    @property
    def environment(self) -> dict[str, str]:
        """What client programs read."""
        place = self.url.removeprefix("http://")
        return os.environ | {
            "OPORA_BASE_URL": self.url, "OPORA_EMAIL": self.email, "OPORA_TOKEN": self.token,
            "ZENPY_FORCE_NETLOC": place, "ZENPY_FORCE_SCHEME": "http",
        }  # fmt: skip


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An empty desk with web server and worker."""
    folder = tmp_path_factory.mktemp("api")
    prepared = ["init", "--desk", "Acme", "--admin", "owner@desk.test", "--password", PASSWORD]
    yield from _serve(folder, prepared, "owner@desk.test", worker=True)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A desk of five thousand tickets."""
    folder = tmp_path_factory.mktemp("large")
    prepared = ["bench", "--tickets", str(TICKETS), "--only-build", "--folder", str(folder)]
    yield from _serve(folder, prepared, "owner@bench.test", worker=False)


def _serve(folder: Path, prepared: list[str], email: str, *, worker: bool) -> Iterator[Served]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "OPORA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "opora.settings", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    _command(prepared, environment)
    token = _command(["token", "create", email, "--name", "clients"], environment).splitlines()[-1]
    port = _free_port()
    parts = [["web", "--port", str(port)], *([["worker"]] if worker else [])]
    with (folder / "output.log").open("wb") as output:
        running = [
            subprocess.Popen(
                [sys.executable, "-m", "opora.cli", *part],
                env=environment,
                cwd=ROOT,
                stdout=output,
                stderr=output,
            )
            for part in parts
        ]
        try:
            _wait_for_port(port)
            yield Served(f"http://127.0.0.1:{port}", email, token)
        finally:
            for part in running:
                part.terminate()
            for part in running:
                part.wait(15)


def _command(arguments: list[str], environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "opora.cli", *arguments]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_port(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"Nothing listens on port {port} after 30 s.")

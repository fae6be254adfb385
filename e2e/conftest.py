"""A whole desk for the browser: web server, worker, mail in by SMTP, mail out to a sink, in one scratch folder."""

import os
import shutil
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium") or ""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
PASSWORD = "correct-horse-battery"
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what lies here as browser tests; they share one desk, so they run in one process."""
    if Path(__file__).parent / "api_clients" in item.path.parents:
        return
    item.add_marker(pytest.mark.browser)
    if not CHROMIUM:
        item.add_marker(pytest.mark.skip(reason="There is no Chromium on this machine."))


class Sink:
    """Keeps the mails that the desk sends."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@dataclass
class Desk:
    """A running desk and the way to it."""

    url: str
    mail_port: int
    sink: Sink
    people: dict[str, str] = field(default_factory=dict)

    def send_mail(self, *, sender: str, to: str, subject: str, text: str, **headers: str) -> str:
        """Write to the desk as a customer does; returns the Message-ID."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail["Message-ID"] = f"<{time.time_ns()}@customer.example>"
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        mail.set_content(text)
        with smtplib.SMTP("127.0.0.1", self.mail_port) as server:
            server.send_message(mail)
        return mail["Message-ID"]

    def wait_for_mail(self, fits: Callable[[EmailMessage], bool], *, seconds: float = 30) -> EmailMessage:
        """Return the first mail that went out and fits."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for mail in list(self.sink.mails):
                if fits(mail):
                    return mail
            time.sleep(0.1)
        raise AssertionError(
            f"No such mail came out; there were {[mail['Subject'] for mail in self.sink.mails]}."
        )


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    sink = Sink()
    receiver = Controller(sink, hostname="127.0.0.1", port=_free_port())
    receiver.start()
    made = Desk(f"http://127.0.0.1:{_free_port()}", _free_port(), sink)
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "OPORA_DATA": str(folder),
        "OPORA_PRIVATE_HOSTS": "127.0.0.1",
        "OPORA_SMTP_LISTEN": f"127.0.0.1:{made.mail_port}",
        "DJANGO_SETTINGS_MODULE": "opora.settings",
        "PYTHONPATH": str(ROOT),
    }
    _run([sys.executable, "-m", "e2e.prepare", str(receiver.port)], environment)
    port = made.url.rpartition(":")[2]
    with (folder / "output.log").open("wb") as output:
        parts = [
            subprocess.Popen(
                [sys.executable, "-m", "opora.cli", *part],
                env=environment,
                cwd=ROOT,
                stdout=output,
                stderr=output,
            )
            for part in (["web", "--port", port], ["worker"])
        ]
        try:
            _wait_for_port(int(port))
            _wait_for_port(made.mail_port)
            yield made
        finally:
            for part in parts:
                part.terminate()
            for part in parts:
                part.wait(15)
            receiver.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def sign_in(desk: Desk, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the desk as somebody, each in a browser profile of their own."""
    contexts: list[BrowserContext] = []

    def open_as(name: str = "olena", **options: Any) -> Page:
        context = browser.new_context(base_url=desk.url, locale="en", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda problem: pytest.fail(f"A script failed: {problem}"))
        page.goto("/account/login/")
        page.get_by_label("Email").fill(f"{name}@desk.test")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/account/login" not in url)
        return page

    yield open_as
    for context in contexts:
        context.close()


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for_port(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"Nothing listens on port {port} after 20 s.")


READY = """() => document.documentElement.dataset.ready
  && [...document.querySelectorAll("trix-editor")].every((editor) => editor.editor)"""


def visit(page: Page, path: str) -> int:
    """Open a page of the desk, wait until it listens to keys, and return the status it answered with."""
    response = page.goto(path)
    page.wait_for_function(READY, polling=100)
    return response.status if response else 0

"""A real HTTP server in a thread: the other program that webhooks talk to."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Endpoint:
    """What came, and what is answered. `answers` are used up one by one; after the last, 200 with "ok"."""

    port: int
    received: list[Received] = field(default_factory=list)
    answers: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def will_answer(self, status: int, *, body: bytes = b"", times: int = 1, **headers: str) -> None:
        """Answer the next requests so; underscores in names of headers stand for dashes."""

        def answer(exchange: BaseHTTPRequestHandler) -> None:
            exchange.send_response(status)
            for name, value in headers.items():
                exchange.send_header(name.replace("_", "-"), value)
            exchange.send_header("Content-Length", str(len(body)))
            exchange.end_headers()
            exchange.wfile.write(body)

        self.answers += [answer] * times

    def will_hang(self, seconds: float) -> None:
        """Let the next request wait."""
        self.answers.append(lambda exchange: time.sleep(seconds))

    def will_drip(self, *, every: float, times: int) -> None:
        """Answer the next request a byte at a time."""

        def drip(exchange: BaseHTTPRequestHandler) -> None:
            exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            for _ in range(times):
                exchange.wfile.write(b"a")
                exchange.wfile.flush()
                time.sleep(every)

        self.answers.append(drip)


@pytest.fixture
def endpoint(settings: Any) -> Iterator[Endpoint]:
    """A listening endpoint that the guard lets through."""
    settings.PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    made = Endpoint(server.server_address[1])
    server.RequestHandlerClass = _listening_to(made)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def _listening_to(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Listening(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            if len(body) < length:
                return  # the sender died in the middle
            endpoint.received.append(Received(self.command, self.path, dict(self.headers), body))
            self.close_connection = True
            if not endpoint.answers:
                endpoint.will_answer(200, body=b"ok")
            try:
                endpoint.answers.pop(0)(self)
            except OSError:
                return

        do_GET = do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815 - the library's names

        def log_message(self, *arguments: object) -> None:
            return

    return Listening

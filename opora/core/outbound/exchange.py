"""One request and its answer, bounded in time and size, over a connection that goes where the guard allows."""

import ssl
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import httpcore

from opora.core.outbound.guard import Forbidden, addresses_of, ascii_host, check_url, port_of

Header = tuple[str, str]

CONNECTING_TAKES = 5.0
MOST_HEADERS = 16 * 1024
"""Bytes of the answer's headers that are kept."""


class Why(Enum):
    """Why there is no answer."""

    FORBIDDEN = "forbidden"
    UNKNOWN_NAME = "unknown_name"
    NO_CONNECTION = "no_connection"
    CERTIFICATE = "certificate"
    TIMEOUT = "timeout"
    BROKEN_OFF = "broken_off"


class Unanswered(Exception):
    """The request was not answered; `why` says it in a word, `details` as the machine put it."""

    def __init__(self, why: Why, details: str) -> None:
        super().__init__(f"{why.value}: {details}")
        self.why, self.details = why, details


@dataclass(frozen=True)
class Answer:
    """What came back. `body` holds at most as many bytes as were asked for; `is_cut` says that there was more."""

    status: int
    headers: list[Header]
    body: bytes
    is_cut: bool

    def header(self, name: str) -> str:
        """Return the first header of this name in any case, or ""."""
        return next((value for known, value in self.headers if known.lower() == name.lower()), "")


def exchange(
    method: str,
    url: str,
    *,
    headers: Sequence[Header],
    body: bytes = b"",
    seconds: float = 10.0,
    most_bytes: int = 64 * 1024,
) -> Answer:
    """Send one request and return its answer. Redirects are answers like others and are not followed.

    `seconds` is the time for all of it, from the first look-up to the last byte. Raises `Unanswered`, and `Invalid`
    for an address that no request may go to.
    """
    parts = check_url(url)
    host = ascii_host(parts.hostname or "")
    deadline = time.monotonic() + seconds
    origin = httpcore.Origin(parts.scheme.encode(), host.encode(), port_of(parts))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    request = httpcore.Request(
        method,
        httpcore.URL(scheme=origin.scheme, host=origin.host, port=parts.port, target=_quoted(target)),
        headers=[(b"Host", _host_header(host, parts.port)), *_length(method, body), *_encoded(headers)],
        content=body,
        extensions={"timeout": {"connect": CONNECTING_TAKES, "read": seconds, "write": seconds}},
    )
    context = _tls() if parts.scheme == "https" else None
    connection = httpcore.HTTPConnection(
        origin, ssl_context=context, network_backend=_GuardedNetwork(deadline)
    )
    try:
        return _answer(connection, request, most_bytes)
    except Exception as problem:
        raise _explained(problem) from problem
    finally:
        connection.close()


def _answer(connection: httpcore.HTTPConnection, request: httpcore.Request, most_bytes: int) -> Answer:
    response = connection.handle_request(request)
    try:
        body, is_cut = bytearray(), False
        for chunk in response.iter_stream():
            body += chunk
            if len(body) > most_bytes:
                is_cut = True
                break
        return Answer(response.status, _kept(response.headers), bytes(body[:most_bytes]), is_cut)
    finally:
        response.close()


def _explained(problem: Exception) -> Exception:
    """Return the failure in one of our words; what is none of these is a mistake of ours and stays as it is."""
    kinds: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Why], ...] = (
        (Forbidden, Why.FORBIDDEN),
        (_UnknownName, Why.UNKNOWN_NAME),
        (httpcore.TimeoutException, Why.TIMEOUT),
        (httpcore.ConnectError, Why.NO_CONNECTION),
        ((httpcore.NetworkError, httpcore.ProtocolError, OSError), Why.BROKEN_OFF),
    )
    if isinstance(problem, httpcore.ConnectError) and _is_about_certificates(problem):
        return Unanswered(Why.CERTIFICATE, str(problem))
    for kind, why in kinds:
        if isinstance(problem, kind):
            return Unanswered(why, str(problem))
    return problem


def _is_about_certificates(problem: Exception) -> bool:
    return isinstance(problem.__cause__, ssl.SSLError) or "certificate" in str(problem).lower()


class _UnknownName(httpcore.ConnectError):
    """The name has no address."""


class _GuardedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that the guard allows, and to nothing after the deadline."""

    def __init__(self, deadline: float) -> None:
        self._deadline = deadline
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = addresses_of(host, port)
        except OSError as problem:
            raise _UnknownName(str(problem)) from problem
        last: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                left = _left(self._deadline, timeout)
                stream = self._sockets.connect_tcp(address, port, left, local_address, socket_options)
                return _BoundedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                last = refused
        raise last


class _BoundedStream(httpcore.NetworkStream):
    """A stream of which every step ends by the deadline, so that a peer that drips bytes holds nobody up."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline, timeout))
        return _BoundedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time was over")
    return left if timeout is None else min(left, timeout)


@cache
def _tls() -> ssl.SSLContext:
    """Certificates of this machine and of the bundled list; made once, for reading them takes a while."""
    return httpcore.default_ssl_context()


def _quoted(target: str) -> bytes:
    return "".join(letter if letter.isascii() else _percent(letter) for letter in target).encode()


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode())


def _length(method: str, body: bytes) -> list[tuple[bytes, bytes]]:
    """A method that means a body says its length, also of none (RFC 9110, 8.6)."""
    return [(b"Content-Length", str(len(body)).encode())] if body or method not in ("GET", "DELETE") else []


def _host_header(host: str, port: int | None) -> bytes:
    shown = f"[{host}]" if ":" in host else host
    return (f"{shown}:{port}" if port else shown).encode()


def _encoded(headers: Iterable[Header]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers]


def _kept(headers: Iterable[tuple[bytes, bytes]]) -> list[Header]:
    kept: list[Header] = []
    size = 0
    for name, value in headers:
        size += len(name) + len(value)
        if size > MOST_HEADERS:
            break
        kept.append((name.decode("latin-1"), value.decode("latin-1")))
    return kept

"""The live stream: tells open pages what changed, as server-sent events that carry no content.

One task of each process looks at the end of the log twice a second and hands what it finds to every open stream;
a stream that comes back says which id it saw last. On PostgreSQL a transaction may commit after one with a higher
id, so each look reaches back a little and what was told already is not told again.
"""

import asyncio
import json
import logging
import signal
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import close_old_connections
from django.utils.crypto import constant_time_compare

from opora.events.models import Event, Signal
from opora.people.models import Person

log = logging.getLogger("opora.live")
LOOK_EVERY = 0.5
KEEP_ALIVE_SECONDS = 20
MOST_AT_ONCE = 200
LONGEST_QUEUE = 1000
LOOK_BACK = 100

Message = dict[str, Any]


class Follower:
    """Follows the log for one process and hands each new event to the open streams."""

    def __init__(self) -> None:
        self.streams: set[asyncio.Queue[Message | None]] = set()
        self.task: asyncio.Task[None] | None = None

    def open(self) -> asyncio.Queue[Message | None]:
        queue: asyncio.Queue[Message | None] = asyncio.Queue(LONGEST_QUEUE)
        self.streams.add(queue)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._follow())
        return queue

    def close(self, queue: asyncio.Queue[Message | None]) -> None:
        self.streams.discard(queue)

    def close_all(self) -> None:
        """End every stream, so that the process can stop; pages come back to the next one by themselves."""
        for queue in list(self.streams):
            self.streams.discard(queue)
            if not queue.full():
                queue.put_nowait(None)

    async def _follow(self) -> None:
        """Look at the log while somebody listens; a database that is away for a moment is asked again."""
        place = await sync_to_async(newest_ids)()
        told = {
            message["id"] for message in (await sync_to_async(news_since)(place[0] - LOOK_BACK, place[1]))[1]
        }
        while self.streams:
            await asyncio.sleep(LOOK_EVERY)
            try:
                reached, found = await sync_to_async(news_since)(place[0] - LOOK_BACK, place[1])
            except Exception:
                log.exception("The live stream could not read the log and tries again.")
                await asyncio.sleep(5)
                continue
            place = (max(place[0], reached[0]), reached[1])
            for message in found:
                if message["id"] not in told:
                    self._hand_out(message)
            fresh = told | {message["id"] for message in found}
            told = {event_id for event_id in fresh if event_id > place[0] - LOOK_BACK}

    def _hand_out(self, message: Message) -> None:
        for queue in list(self.streams):
            if queue.full():
                self.streams.discard(queue)
            else:
                queue.put_nowait(message)


FOLLOWER = Follower()


def end_streams_on(*signals: int) -> None:
    """Let go of all open pages when the process is told to stop; else it would wait for them to close.

    To be called in the running loop. The loop hears of signals by its own way (a wake-up file), which stays as it is.
    """
    loop = asyncio.get_running_loop()
    for number in signals:
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(FOLLOWER.close_all))


def newest_ids() -> tuple[int, int]:
    """Return the ids of the newest event and the newest signal."""
    event = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    signal = Signal.objects.order_by("-id").values_list("id", flat=True).first() or 0
    return event, signal


def news_since(event_id: int, signal_id: int) -> tuple[tuple[int, int], list[Message]]:
    """Return what came after these ids, and the ids to go on from."""
    try:
        events = Event.objects.filter(id__gt=event_id).order_by("id")
        signals = Signal.objects.filter(id__gt=signal_id).order_by("id")
        columns = ("id", "kind", "subject_kind", "subject_id")
        new_events = list(events.values_list(*columns)[:MOST_AT_ONCE])
        new_signals = list(signals.values_list(*columns)[:MOST_AT_ONCE])
    finally:
        close_old_connections()
    place = (new_events[-1][0] if new_events else event_id, new_signals[-1][0] if new_signals else signal_id)
    messages = [_message(*row) for row in new_events]
    return place, messages + [_message(-row[0], *row[1:]) for row in new_signals]


def _message(event_id: int, kind: str, subject_kind: str, subject_id: int) -> Message:
    return {"kind": kind, "subject": f"{subject_kind}:{subject_id}", "id": event_id}


async def live_stream(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Serve one browser until it goes away. Only colleagues may listen."""
    if not await sync_to_async(_is_colleague)(_session_key(scope)):
        await _refuse(send)
        return
    headers = [
        (b"content-type", b"text/event-stream"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    gone = asyncio.create_task(_until_gone(receive))
    queue = FOLLOWER.open()
    try:
        async for chunk in _chunks(scope, queue, gone):
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
    finally:
        FOLLOWER.close(queue)
        gone.cancel()


async def _chunks(
    scope: dict[str, Any], queue: asyncio.Queue[Message | None], gone: asyncio.Task[None]
) -> AsyncIterator[bytes]:
    yield b"retry: 2000\n\n"
    for message in await sync_to_async(_missed)(_last_seen(scope)):
        yield _encode(message)
    while not gone.done() and queue in FOLLOWER.streams:
        getting = asyncio.create_task(queue.get())
        done, _ = await asyncio.wait(
            {getting, gone}, timeout=KEEP_ALIVE_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if getting in done:
            told = getting.result()
            if told is None:
                return
            yield _encode(told)
        else:
            getting.cancel()
            yield b": still here\n\n"


def _missed(last_seen: int) -> list[Message]:
    if not last_seen:
        return []
    try:
        missed = Event.objects.filter(id__gt=last_seen).order_by("-id")
        rows = list(missed.values_list("id", "kind", "subject_kind", "subject_id")[:MOST_AT_ONCE])
    finally:
        close_old_connections()
    return [_message(*row) for row in reversed(rows)]


def _encode(message: Message) -> bytes:
    head = f"id: {message['id']}\n" if message["id"] > 0 else ""
    return f"{head}data: {json.dumps(message)}\n\n".encode()


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _refuse(send: Any) -> None:
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Sign in to listen."})


def _header(scope: dict[str, Any], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def _last_seen(scope: dict[str, Any]) -> int:
    """The id that a stream coming back has seen last, else the end of the log when its page was drawn."""
    given = _header(scope, b"last-event-id") or parse_qs(scope["query_string"].decode()).get("after", [""])[0]
    return int(given) if given.isdigit() and len(given) < 19 else 0


def _session_key(scope: dict[str, Any]) -> str:
    cookie = SimpleCookie(_header(scope, b"cookie")).get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""


def _is_colleague(session_key: str) -> bool:
    """Whether the session belongs to a colleague whose password has not changed since."""
    if not session_key:
        return False
    try:
        session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
        if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
            return False
        person = Person.objects.colleagues().filter(pk=session.get(SESSION_KEY)).first()
        return person is not None and constant_time_compare(
            session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash()
        )
    finally:
        close_old_connections()

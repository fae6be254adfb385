"""The live stream ends when the process is told to stop, however many pages are open."""

import asyncio
import os
import signal

import pytest

from opora.web.live import FOLLOWER, _chunks, end_streams_on


@pytest.fixture
def handlers_as_before():
    before = signal.getsignal(signal.SIGUSR1)
    yield
    signal.signal(signal.SIGUSR1, before)


def test_a_signal_ends_every_open_stream(handlers_as_before):
    async def listen() -> list[bytes]:
        end_streams_on(signal.SIGUSR1)
        queue: asyncio.Queue = asyncio.Queue(5)
        FOLLOWER.streams.add(queue)
        queue.put_nowait({"kind": "ticket.solved", "subject": "ticket:5", "id": 9})
        never = asyncio.get_running_loop().create_task(asyncio.Event().wait())
        asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGUSR1)
        heard = [chunk async for chunk in _chunks({"headers": [], "query_string": b""}, queue, never)]
        never.cancel()
        return heard

    heard = asyncio.run(asyncio.wait_for(listen(), timeout=10))
    assert [chunk.split(b"\n")[0] for chunk in heard] == [b"retry: 2000", b"id: 9"]
    assert not FOLLOWER.streams

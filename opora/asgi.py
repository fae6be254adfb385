"""The one entry of the server: the live stream runs natively async, pages run as WSGI in threads."""

import os
import signal

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opora.settings")

from a2wsgi import WSGIMiddleware

from opora.wsgi import application as pages  # first: it sets Django up
from opora.core.settling import settle
from opora.web.live import end_streams_on, live_stream  # isort: skip - needs Django set up

THREADS = int(os.environ.get("OPORA_WEB_THREADS", "8"))
_threaded = WSGIMiddleware(pages, workers=THREADS)  # type: ignore[arg-type]

settle()


async def application(scope, receive, send):  # type: ignore[no-untyped-def]
    """Serve the live stream under /live/, and Django everywhere else."""
    if scope["type"] == "http" and scope["path"] == "/live/":
        await live_stream(scope, receive, send)
    elif scope["type"] == "http":
        await _threaded(scope, _coroutine(receive), send)
    elif scope["type"] == "lifespan":
        await _accept_lifespan(receive, send)


def _coroutine(receive):  # type: ignore[no-untyped-def]
    """The server's `receive` returns an awaitable; the bridge to threads insists on a coroutine."""

    async def received():  # type: ignore[no-untyped-def]
        return await receive()

    return received


async def _accept_lifespan(receive, send):  # type: ignore[no-untyped-def]
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            end_streams_on(signal.SIGTERM, signal.SIGINT)
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return

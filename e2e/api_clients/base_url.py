"""Gives a client whose address is written into it another one: every call to *.zendesk.com goes to `OPORA_BASE_URL`.

Run as `python base_url.py PROGRAM ARGUMENTS`, PROGRAM being an installed command of the client, which itself stays as it
was published.
"""

import os
import re
import runpy
import sys
from pathlib import Path

import requests

BASE = os.environ["OPORA_BASE_URL"].rstrip("/")
_VENDOR = re.compile(r"https://[\w.-]+\.zendesk\.com")


def moved(url: str) -> str:
    """Return the address on our side."""
    return _VENDOR.sub(BASE, str(url), count=1)


def move_requests() -> None:
    prepare = requests.models.PreparedRequest.prepare_url

    def prepare_url(self, url, params):  # type: ignore[no-untyped-def]
        prepare(self, moved(url), params)

    requests.models.PreparedRequest.prepare_url = prepare_url


def move_aiohttp() -> None:
    try:
        import aiohttp
    except ImportError:
        return
    ask = aiohttp.ClientSession._request

    async def request(self, method, url, **options):  # type: ignore[no-untyped-def]
        return await ask(self, method, moved(url), **options)

    aiohttp.ClientSession._request = request  # type: ignore[method-assign]


if __name__ == "__main__":
    move_requests()
    move_aiohttp()
    sys.argv = sys.argv[1:]
    runpy.run_path(str(Path(sys.executable).parent / sys.argv[0]), run_name="__main__")

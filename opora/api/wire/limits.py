"""How often one caller may ask: a window of a minute for each, kept in the memory of the web process.

With several web processes each counts for itself, so the whole desk allows that many times more; the headers say what
the answering process would enforce.
"""

import os
import re
import threading
import time
from dataclasses import dataclass

from opora.api.wire.problems import rate_limited

PER_MINUTE = int(os.environ.get("OPORA_API_PER_MINUTE", "12000"))
SECONDS = 60
MOST_CALLERS = 10_000
_lock = threading.Lock()
_windows: dict[str, tuple[int, int]] = {}


@dataclass(frozen=True)
class Allowance:
    """What is left of this minute."""

    limit: int
    remaining: int
    resets: int

    @property
    def headers(self) -> dict[str, str]:
        """The names under which different clients look for the same three numbers."""
        limit, remaining, resets = str(self.limit), str(self.remaining), str(self.resets)
        return {
            "X-Rate-Limit": limit,
            "X-Rate-Limit-Remaining": remaining,
            "ratelimit-limit": limit,
            "ratelimit-remaining": remaining,
            "ratelimit-reset": resets,
            "rate-limit": limit,
            "rate-limit-remaining": remaining,
            "rate-limit-reset": resets,
        }

    def named(self, path: str) -> dict[str, str]:
        """The same numbers as headers of one endpoint, for clients that watch those which the vendor limits apart."""
        name = next((name for pattern, name in _NAMED.items() if re.match(pattern, path)), None)
        said = f"total={self.limit}; remaining={self.remaining}; resets={self.resets}"
        return {f"Zendesk-RateLimit-{name}": said} if name else {}


_NAMED = {
    r"incremental/": "incremental-exports", r"search/export": "search-export-index", r"search": "search-index",
    r"tickets(\.json)?/?$": "tickets-index",
    r"users(\.json|/search)": "users-index", r"deleted_tickets": "list-deleted-tickets",
    r"views/\d+/(execute|tickets|count)": "views-execute",
}  # fmt: skip


def count_call(caller: str, *, limit: int | None = None) -> Allowance:
    """Count one call of `caller`. Raises 429 with `Retry-After` when the minute's calls are used up."""
    most = limit or PER_MINUTE
    now = int(time.time())
    window, resets = now // SECONDS, SECONDS - now % SECONDS
    with _lock:
        began, used = _windows.get(caller, (window, 0))
        used = used + 1 if began == window else 1
        if len(_windows) > MOST_CALLERS:
            _windows.clear()
        _windows[caller] = (window, used)
    if used > most:
        problem = rate_limited(resets)
        problem.headers |= Allowance(most, 0, resets).headers
        raise problem
    return Allowance(most, most - used, resets)

"""When a request that failed is tried again."""

import random
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from opora.webhooks.models import Outcome

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 2 * 3600, 6 * 3600, 12 * 3600))
"""How long to wait after the first failure, the second, and so on; after the last there is no further try."""
GIVE_UP_AFTER = timedelta(days=3)
"""What could not be sent for so long, because its webhook was paused or switched off, is not news any more."""
MOST_PATIENCE = timedelta(hours=1)
"""The longest Retry-After that is honoured."""

RETRIED = frozenset(
    {
        Outcome.CONFLICT,
        Outcome.THROTTLED,
        Outcome.SERVER_ERROR,
        Outcome.TIMEOUT,
        Outcome.UNREACHABLE,
        Outcome.CERTIFICATE,
    }
)
"""Outcomes that may be better next time. Another 4xx says that this request will never be taken."""


def next_pause(tries: int) -> timedelta | None:
    """Return how long to wait after so many tries, scattered by a tenth; None when it was the last."""
    if tries > len(PAUSES):
        return None
    return PAUSES[tries - 1] * random.uniform(0.9, 1.1)


def asked_pause(retry_after: str, now: datetime) -> timedelta | None:
    """Return the pause that a Retry-After header asks for, in seconds or as a date (RFC 9110, 10.2.3); None if none."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=int(text[:9])), MOST_PATIENCE)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - now, timedelta()), MOST_PATIENCE)

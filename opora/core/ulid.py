"""Identifiers that sort by time and can be shown to others: ULIDs (https://github.com/ulid/spec)."""

import secrets

from opora.core import clock

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26


def new_ulid() -> str:
    """Return 26 letters and digits: 48 bits of milliseconds since 1970, then 80 random bits."""
    number = int(clock.now().timestamp() * 1000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))

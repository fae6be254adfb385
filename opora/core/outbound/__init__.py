"""Requests that leave for addresses which people typed in: what may be reached, and how an exchange is bounded."""

from opora.core.outbound.exchange import Answer, Unanswered, Why, exchange
from opora.core.outbound.guard import Forbidden, check_url, is_public, is_trusted_host

__all__ = [
    "Answer",
    "Forbidden",
    "Unanswered",
    "Why",
    "check_url",
    "exchange",
    "is_public",
    "is_trusted_host",
]

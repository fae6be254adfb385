"""The time of day, in one place, so that a test can set it and a fact can say when it became true."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)

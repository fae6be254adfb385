"""How single values are written in payloads."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """Return the moment in UTC to the second, ending in Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def text_id(number: int | None) -> str | None:
    return None if number is None else str(number)

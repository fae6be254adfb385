"""Moments as the API writes and reads them: UTC, whole seconds, `2026-11-21T22:17:24Z`."""

from datetime import UTC, date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime

from opora.core import clock


def stamp(moment: datetime | None) -> str | None:
    """Return the moment as the API writes it."""
    if moment is None:
        return None
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


def offset_stamp(moment: datetime) -> str:
    """Return the moment as the API writes when a count was taken: `…+00:00`."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def read_moment(value: Any) -> datetime | None:
    """Return the moment that ISO text, a date, or seconds since 1970 (integer, float or text) name; None for none of these."""
    seconds = _as_seconds(value)
    if seconds is not None:
        return _from_seconds(seconds)
    if not isinstance(value, str):
        return None
    text = value.strip().replace(" ", "+") if "T" in value else value.strip()
    try:
        moment = parse_datetime(text)
        day = None if moment else parse_date(text)
    except ValueError:
        return None
    if moment is None:
        return _midnight(day) if day else None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def unix(moment: datetime) -> int:
    """Return whole seconds since 1970."""
    return int(moment.timestamp())


def today() -> date:
    return clock.now().date()


def _as_seconds(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value)
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _from_seconds(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)

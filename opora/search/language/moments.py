"""Dates, times and durations as they are typed: `2026-10-01`, `2026-10-01T10:00:00Z`, `4hours`."""

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

_DURATION = re.compile(r"(\d{1,5})\s*(minute|min|hour|day|week|month|year)s?", re.IGNORECASE)
_UNITS = {
    "min": 60,
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_592_000,
    "year": 31_536_000,
}
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}


class Span(NamedTuple):
    """From `start` to just before `end`; None is open."""

    start: datetime | None
    end: datetime | None


def span(operator: str, text: str, *, now: datetime, zone: tzinfo = UTC) -> Span | None:
    """Return the time that `operator` and `text` allow, or None when `text` is no moment.

    A day is a day of `zone`, a time without an offset a time in it. A duration counts back from `now`, as in the
    Zendesk API: `created>4hours` is what was created within the last four hours.
    """
    moment = _moment(text.strip(), now, zone)
    if moment is None:
        return None
    start, end = moment
    spans = {
        ":": Span(start, end), "=": Span(start, end), ">": Span(end, None),
        ">=": Span(start, None), "<": Span(None, start), "<=": Span(None, end),
    }  # fmt: skip
    if start == end and operator in (":", "="):
        return Span(start, None)
    return spans[operator]


def is_moment(text: str) -> bool:
    """Tell whether `text` is a date, a time or a duration."""
    return _moment(text.strip(), datetime(2000, 1, 1, tzinfo=UTC), UTC) is not None


def _moment(text: str, now: datetime, zone: tzinfo) -> tuple[datetime, datetime] | None:
    try:
        if duration := _DURATION.fullmatch(text):
            moment = now - timedelta(seconds=int(duration[1]) * _UNITS[duration[2].lower()])
            return moment, moment
        if text.lower() in _DAYS:
            return _day(now.astimezone(zone).date() + timedelta(days=_DAYS[text.lower()]), zone)
        if len(text) <= 10:
            return _day(date.fromisoformat(text), zone)
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return moment, moment + timedelta(seconds=1)


def _day(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), tzinfo=zone)
    return start, datetime.combine(day + timedelta(days=1), time(), tzinfo=zone)

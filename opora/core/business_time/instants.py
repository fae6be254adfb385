"""From wall time to instants, where clocks jump forward and fall back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(moment: datetime) -> int:
    """Return whole microseconds since 1970 in UTC; exact, unlike a float of seconds."""
    return (moment - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def opening(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the instant when a door opens at this wall time: the earlier one of a time that comes twice."""
    return _instant(day, minute, zone, fold=0)


def closing(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the instant when a door closes at this wall time: the later one of a time that comes twice."""
    return _instant(day, minute, zone, fold=1)


def _instant(day: date, minute: int, zone: ZoneInfo, *, fold: int) -> datetime:
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - the zone is set below
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if second < first:  # PEP 495: only inside a gap does the second reading lie before the first
        return _end_of_gap(second, first, zone)
    return second if fold else first


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of the jump between two instants: the first one that a wall clock shows after it."""
    ahead = after.astimezone(zone).utcoffset()
    while after - before > MICROSECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == ahead:
            after = middle
        else:
            before = middle
    return after

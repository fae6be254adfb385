"""Moments and durations in words, as static/web/js/controllers/relative_time.js says them a minute later."""

from datetime import datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

MINUTE, HOUR, DAY = 60, 3600, 86400


def relative(moment: datetime, now: datetime) -> str:
    """Return "3 min ago", "in 2 h", "yesterday"; beyond a week the day, with the year unless it is this one."""
    seconds = (moment - now).total_seconds()
    size = abs(seconds)
    now_word, past, future, yesterday = _split(moments())
    if size < MINUTE:
        return now_word
    if size >= 7 * DAY:
        return day(moment, now)
    if seconds > 0:
        return future % amount(size)
    return yesterday if DAY <= size < 2 * DAY else past % amount(size)


def amount(seconds: float) -> str:
    """Return a duration in its largest whole unit: "14 min", "2 h", "3 d"."""
    minutes, hours, days = _split(units())
    pattern, size = (minutes, MINUTE) if seconds < HOUR else (hours, HOUR) if seconds < DAY else (days, DAY)
    return pattern % int(seconds // size)


def units() -> str:
    """Return the patterns of minutes, hours and days that pages hand to the browser, so that both say the same."""
    return pgettext("minutes, hours, days, each a pattern, separated by |", "%s min|%s h|%s d")


def moments() -> str:
    """Return "now" and the patterns of past, future and yesterday, for the server and the browser alike."""
    return pgettext("now, past, future, yesterday, separated by |", "now|%s ago|in %s|yesterday")


@lru_cache(32)
def _split(patterns: str) -> list[str]:
    return patterns.split("|")


def day(moment: datetime, now: datetime) -> str:
    local = timezone.localtime(moment)
    if local.year == timezone.localtime(now).year:
        return date_format(local, "MONTH_DAY_FORMAT")
    return date_format(local, "SHORT_DATE_FORMAT")


def exact(moment: datetime) -> str:
    """Return day and time in the reader's zone, with the zone's name."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"

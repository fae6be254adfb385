"""Notifications by the day they came, in the reader's zone, with what each says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from opora.notifications.models import Notification
from opora.notifications.sentences import sentence_of, words_of


@dataclass(frozen=True)
class Line:
    """One notification as a line of a list."""

    row: Notification
    sentence: str
    words: str


@dataclass(frozen=True)
class Day:
    """The lines of one day; `title` is "" where the list goes on with the day that it stopped at."""

    date: date
    title: str
    lines: list[Line] = field(default_factory=list)


def by_day(rows: Iterable[Notification], *, after: str = "") -> list[Day]:
    """Return the rows, newest first, day by day. `after` is the ISO date of the day that is shown already."""
    days = groupby(rows, key=lambda row: timezone.localtime(row.created_at).date())
    return [
        Day(day, "" if day.isoformat() == after else _title(day), [_line(row) for row in found])
        for day, found in days
    ]


def _line(row: Notification) -> Line:
    return Line(row, sentence_of(row), words_of(row))


def _title(day: date) -> str:
    today = timezone.localdate()
    if day == today:
        return pgettext("day", "Today")
    if day == today - timedelta(days=1):
        return pgettext("day", "Yesterday")
    return date_format(day, "j E Y" if day.year != today.year else "j E")

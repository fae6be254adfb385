"""A clock's time as a drawn strip: what counted, what was closed, what paused; due, breach and now as lines."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from opora.sla.account import Account

WIDTH = 720
"""Units of the drawing's width; it is stretched to the page."""


@dataclass(frozen=True)
class Bar:
    """A stretch of the strip, in units."""

    x: float
    width: float
    kind: str


@dataclass(frozen=True)
class Line:
    """A moment of the strip; `place` is in units, `at_end` says that its words stand at its left."""

    x: float
    kind: str
    at: datetime

    @property
    def at_end(self) -> bool:
        return self.x > WIDTH * 0.75


@dataclass(frozen=True)
class Strip:
    bars: list[Bar]
    lines: list[Line]
    width: int = WIDTH


def strip_of(account: Account) -> Strip:
    """Return the drawing from the clock's start to the last of now, its end and its breach."""
    one, waking = account.clock, account.waking
    moments = [account.end, *filter(None, (waking.due_at, waking.breach_at))]
    begin, end = one.since, max(moments)
    if end - begin < timedelta(minutes=1):
        end = begin + timedelta(minutes=1)
    end += (end - begin) / 20

    def x(moment: datetime) -> float:
        return round((max(moment, begin) - begin) / (end - begin) * WIDTH, 1)

    bars = [
        Bar(x(line.start), max(round(x(line.end) - x(line.start), 1), 0.8), line.kind)
        for line in account.lines
    ]
    marks = [
        ("due", waking.due_at),
        ("breach", waking.breach_at if waking.breach_at != waking.due_at else None),
    ]
    marks.append(("stop", one.stopped_at) if one.stopped_at else ("now", account.at))
    return Strip(bars, [Line(x(moment), kind, moment) for kind, moment in marks if moment])

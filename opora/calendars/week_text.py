"""A day's hours as people type them: "09:00–13:00, 14–18", "22:00–06:00", "24 h"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from opora.calendars.special import Week
from opora.core.business_time import ALL_DAY, Span
from opora.core.business_time.hours import DAY
from opora.core.refusals import Invalid

_TIME = r"(\d{1,2})(?:[:.](\d{2}))?"
_SPAN = re.compile(rf"^{_TIME}\s*[-–—]\s*{_TIME}$")
MOST_SPANS = 6
"""Spans of one day."""
WORKING_WEEK: Week = (*((Span(9 * 60, 18 * 60),),) * 5, (), ())


def read_spans(text: str) -> tuple[Span, ...]:
    """Return the spans that a person typed, in order; none for an empty text. Raises `Invalid` with what is wrong."""
    parts = [part for part in re.split(r"[,;\n]+", text.strip().lower()) if part.strip()]
    if len(parts) > MOST_SPANS:
        raise Invalid(_("A day has at most %(count)s stretches of hours.") % {"count": MOST_SPANS})
    spans = sorted(_span(part.strip()) for part in parts)
    for one, other in pairwise(spans):
        if other.start < one.end:
            raise Invalid(_("%(one)s and %(other)s overlap.") % {"one": words(one), "other": words(other)})
    return tuple(spans)


def _span(text: str) -> Span:
    if re.match(r"^24\s*(h|г|год|ч|час)?\.?$", text) or text == "24/7":
        return ALL_DAY
    found = _SPAN.match(text)
    if not found:
        raise Invalid(_("“%(text)s” are no hours. Write them like 09:00–18:00.") % {"text": text[:20]})
    start, end = _minute(found[1], found[2], text), _minute(found[3], found[4], text)
    if start == DAY:
        raise Invalid(_("“%(text)s” begins where the day ends.") % {"text": text[:20]})
    return Span(start, end if end > start else end + DAY)


def _minute(hours: str, minutes: str | None, text: str) -> int:
    minute = int(hours) * 60 + int(minutes or 0)
    if minute > DAY or int(minutes or 0) > 59:
        raise Invalid(_("“%(text)s”: a day ends at 24:00.") % {"text": text[:20]})
    return minute


def words(span: Span) -> str:
    """Return a span as it is typed; past midnight the end is the next morning's time."""
    if span == ALL_DAY:
        return "00:00–24:00"
    end = span.end if span.end <= DAY else span.end - DAY
    return f"{clock_of(span.start)}–{clock_of(end)}"


def written(spans: Sequence[Span]) -> str:
    return ", ".join(words(span) for span in sorted(spans))


def clock_of(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def weekly_hours(week: Week) -> float:
    """Return the hours of a week as a wall clock counts them; what overlaps counts once a day's text allows none."""
    return sum(span.end - span.start for spans in week for span in spans) / 60

"""Lengths of time as people type and read them: "30 min", "4 h", "1 h 30 min"."""

import re
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from opora.core.refusals import Invalid

_PART = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(hours?|h|год|г|час\w*|ч|minutes?|min|m|мин|хв|м)?\.?", re.IGNORECASE
)
_HOURS = ("h", "г", "ч")
LONGEST = timedelta(days=366)


def read_length(text: str) -> timedelta | None:
    """Return the length; None for an empty text. A bare number is minutes. Days are refused: whose day would it be?"""
    text = text.strip()
    if not text:
        return None
    if re.search(r"\d\s*(d|д)", text, re.IGNORECASE):
        raise Invalid(_("Write hours instead of days: a day of 24 hours is three working days of eight."))
    found = list(_PART.finditer(text))
    if not found or _PART.sub("", text).strip(" ,+"):
        raise Invalid(
            _("“%(text)s” is no length of time. Write it like 30 min or 4 h.") % {"text": text[:20]}
        )
    length = timedelta()
    for part in found:
        number, unit = float(part[1].replace(",", ".")), (part[2] or "m").lower()
        length += timedelta(hours=number) if unit.startswith(_HOURS) else timedelta(minutes=number)
    if not timedelta(seconds=15) <= length <= LONGEST:
        raise Invalid(_("A target is at least 15 seconds and at most a year."))
    return length


def length_words(length: timedelta) -> str:
    """Return a length in hours and minutes: "4 h", "1 h 30 min", "45 min"; seconds only of less than a minute."""
    seconds = round(abs(length).total_seconds())
    hours, minutes = seconds // 3600, seconds % 3600 // 60
    parts = []
    if hours:
        parts.append(pgettext("length", "%s h") % hours)
    if minutes or (not hours and seconds >= 60):
        parts.append(pgettext("length", "%s min") % minutes)
    if seconds < 60:
        parts.append(pgettext("length", "%s s") % seconds)
    return " ".join(parts)

"""Business time: when somebody is at work, how much of that time has passed, and when so much of it will have passed.

Pure arithmetic over opening hours; knows no table and no domain. Instants are aware datetimes and answers are in UTC.
"""

from opora.core.business_time.hours import ALL_DAY, AROUND_THE_CLOCK, Hours, Span, SpecialDay
from opora.core.business_time.schedule import Schedule, Since
from opora.core.business_time.segments import Reason, Segment, segments

__all__ = [
    "ALL_DAY",
    "AROUND_THE_CLOCK",
    "Hours",
    "Reason",
    "Schedule",
    "Segment",
    "Since",
    "Span",
    "SpecialDay",
    "segments",
]

"""The kinds of properties: a choice, a reference, members of a set, a text, a number, a day, a moment, a span, a yes or no."""

from opora.core.conditions.kinds.choice import Choice
from opora.core.conditions.kinds.day import Day
from opora.core.conditions.kinds.flag import Flag
from opora.core.conditions.kinds.members import Members
from opora.core.conditions.kinds.moment import Moment, as_instant
from opora.core.conditions.kinds.number import Number
from opora.core.conditions.kinds.reference import Reference, StandIn
from opora.core.conditions.kinds.span import HoursSince
from opora.core.conditions.kinds.text import Text

__all__ = [
    "Choice", "Day", "Flag", "HoursSince", "Members", "Moment", "Number", "Reference", "StandIn", "Text", "as_instant",
]  # fmt: skip

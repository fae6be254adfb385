"""What an update means for clocks, apart from how it changed the ticket."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Signals:
    """What an update means for clocks."""

    at: datetime
    event: int
    is_new: bool = False
    asked: bool = False
    replied: bool = False
    noted: bool = False
    for_a_customer: bool = False
    """A colleague began the ticket for somebody else, such as one who called."""
    removed: str = ""
    restored: bool = False
    unneeded: bool = False
    rerated: int | None = None
    """The policy whose newest version its clocks take, though they would keep the one they began with (S8)."""
    waiting_since: datetime | None = None

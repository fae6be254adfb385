"""What one look found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "bad"]
MARKS: dict[State, str] = {"ok": "✓", "warning": "!", "bad": "✗"}


@dataclass(frozen=True)
class Look:
    """How closely to look: `thorough` reads everything, `offline` asks no other machine."""

    thorough: bool = False
    offline: bool = False


@dataclass(frozen=True)
class Finding:
    """A sentence about one thing, and what to do about it when it is not well."""

    state: State
    sentence: str
    advice: str = ""

    def __str__(self) -> str:
        return f"{MARKS[self.state]} {self.sentence}" + (f" {self.advice}" if self.advice else "")


Check = Callable[[Look], Iterable[Finding]]


def ok(sentence: str) -> Finding:
    return Finding("ok", sentence)


def warning(sentence: str, advice: str) -> Finding:
    return Finding("warning", sentence, advice)


def bad(sentence: str, advice: str) -> Finding:
    return Finding("bad", sentence, advice)


def count_of(number: int, singular: str, plural: str) -> str:
    """Return "1 mail", "2 mails"."""
    return f"{number:,} {singular if number == 1 else plural}"


def span_of(seconds: float) -> str:
    """Return a duration in words: "40 seconds", "3 minutes", "2 hours", "5 days"."""
    for size, singular in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 1.5 * size or (seconds >= size and singular == "day"):
            return count_of(round(seconds / size), singular, f"{singular}s")
    return count_of(max(round(seconds), 0), "second", "seconds")

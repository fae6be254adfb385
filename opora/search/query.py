"""What to look for in texts, apart from how it was typed (`language`) and how it is found (`matching`)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Words in any inflection, all of which must occur, in any order.

    `starts` takes the last word as the beginning of words (`refun*`); `in_title` looks at titles only.
    """

    text: str
    starts: bool = False
    in_title: bool = False


@dataclass(frozen=True)
class Phrase:
    """Words exactly as written, side by side."""

    text: str
    in_title: bool = False


@dataclass(frozen=True)
class Not:
    """What must not occur."""

    part: Words | Phrase


@dataclass(frozen=True)
class TextQuery:
    """All of `parts` must hold. An empty query matches nothing: ask `bool(query)` first."""

    parts: tuple[Words | Phrase | Not, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @classmethod
    def of(cls, text: str) -> "TextQuery":
        """Return the query for all the words of `text`, with no query language."""
        return cls((Words(text),))

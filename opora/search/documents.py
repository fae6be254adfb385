"""A document on its way into the index."""

from dataclasses import dataclass

from opora.search.keys import key_of
from opora.search.matching import BORDER, TITLE
from opora.search.words import words


@dataclass(frozen=True)
class Text:
    """What a domain gives to be found: `people` are names and addresses, `codes` are numbers of orders and the like."""

    id: int
    title: str
    body: str
    people: str = ""
    codes: str = ""


@dataclass(frozen=True)
class Head:
    """The short fields as tokens separated by spaces, as stored beside the index."""

    title: str
    people: str
    codes: str

    @property
    def words(self) -> list[str]:
        """The tokens of the index, in order: each title word once as such and once marked."""
        title = self.title.split()
        people, codes = self.people.split(), self.codes.split()
        return [BORDER, *(TITLE + word for word in title), BORDER, *title, BORDER, *people, BORDER, *codes]


@dataclass(frozen=True)
class Entry:
    """A whole document as the index takes it; `body` starts with a border."""

    key: int
    head: Head
    body: list[str]

    @property
    def plain_words(self) -> set[str]:
        """Every distinct token, without marks and borders: what the vocabulary must know."""
        head = self.head
        return {*head.title.split(), *head.people.split(), *head.codes.split(), *self.body[1:]}


def entry_of(kind: str, text: Text) -> Entry:
    """Return `text` as an entry of `kind`."""
    head = Head(" ".join(words(text.title)), " ".join(words(text.people)), " ".join(words(text.codes)))
    return Entry(key_of(kind, text.id), head, part_of(text.body))


def part_of(body: str) -> list[str]:
    """Return the tokens of a body, or of a piece added to one."""
    return [BORDER, *words(body)]

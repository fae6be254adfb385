"""Text into tokens: the same list on both databases, in documents and in queries.

A token is a whole word as it was written, folded (case, compatibility forms, ё, apostrophes). Inflection is not
decided here: `inflections.py` knows which written forms are kin.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

APOSTROPHE = "\u02bc"  # a letter, not punctuation: it stays inside the token on both databases
TOKEN_LENGTH = 64
TEXT_WORDS = 20_000  # of one text; a PostgreSQL tsvector holds at most one megabyte
TEXT_LENGTH = 1_000_000  # characters looked at

_MARKS = '.,;:!?()[]{}<>"«»“”„…*-–—ʼ'
_APOSTROPHES = "'’ʼ‘`´′"
_INVISIBLE = re.compile(
    "[\u0000\u00ad\u034f\u061c\u064b-\u065f\u0591-\u05c7\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_SAME = {"ё": "е", "№": " ", **dict.fromkeys(_APOSTROPHES.replace(APOSTROPHE, ""), APOSTROPHE)}
_RUN = re.compile(rf"[^\W_ʼ]+(?:[{_APOSTROPHES}][^\W_ʼ]+)*")
# Bounded, because text comes from strangers: an address never costs more than its length.
_MAIL = re.compile(
    r"[^\W_ʼ](?:[^\Wʼ]|[.+%-]){0,63}@(?:[^\Wʼ][^\Wʼ]{0,62}(?:-[^\Wʼ]{1,62}){0,8}\.){1,8}[^\Wʼ]{1,63}"
)
_MIXED = re.compile(r"([^\W\d_ʼ]{2,})(\d{2,})|(\d{2,})([^\W\d_ʼ]{2,})")
# Scripts written without spaces, and Hangul whose particles stick to the word: one character is one token.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
_PIECE = re.compile(rf"{_UNSPACED.pattern}|(?:(?!{_UNSPACED.pattern}).)+")
_LATIN_ELISION = re.compile(f"(?:[a-z]|qu){APOSTROPHE}(?=[a-z\u00df-\u024f])", re.IGNORECASE)
_LATIN_POSSESSIVE = re.compile(f"(?<=[a-z]){APOSTROPHE}s$")


class Token(NamedTuple):
    """One token and where it stands in the text; a compound is followed by its parts."""

    text: str
    start: int
    end: int
    compound: bool = False


def clean(text: str) -> str:
    """Return `text` composed (NFC) and without marks that nobody sees."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def fold(text: str) -> str:
    """Return `text` so that spellings which people take for equal are equal."""
    composed = unicodedata.normalize("NFKC", _same(clean(text)))
    return _same(unicodedata.normalize("NFC", composed.casefold()))


def words(text: str) -> list[str]:
    """Return the tokens of `text` in order, at most `TEXT_WORDS`."""
    found: list[str] = []
    for chunk in fold(text[:TEXT_LENGTH]).split():
        found.extend(words_of_chunk(chunk))
        if len(found) >= TEXT_WORDS:
            break
    return found[:TEXT_WORDS]


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of `text` with their places; `text` should be `clean`."""
    for chunk in re.finditer(r"\S+", text):
        yield from _tokens_of_chunk(chunk[0], chunk.start())


def is_unspaced(token: str) -> bool:
    """Tell whether `token` is a character of a script written without spaces."""
    return len(token) == 1 and _UNSPACED.match(token) is not None


def _same(text: str) -> str:
    # Nine searches for one character each are ten times faster than str.translate.
    for mark, instead in _SAME.items():
        if mark in text:
            text = text.replace(mark, instead)
    return text


def words_of_chunk(folded: str) -> tuple[str, ...]:
    """Return the tokens of a piece of folded text that has no spaces."""
    return _short_chunk(folded) if len(folded) <= 48 else _chunk(folded)


@lru_cache(maxsize=32_768)
def _short_chunk(chunk: str) -> tuple[str, ...]:
    return _chunk(chunk)


def _chunk(chunk: str) -> tuple[str, ...]:
    # Folded already. Most chunks are one plain word, perhaps with a mark at its end: they need no pattern.
    word = chunk if chunk.isalpha() else chunk.strip(_MARKS)
    if word.isalpha() and not _UNSPACED.search(word) and APOSTROPHE not in word:
        return (word[:TOKEN_LENGTH],)
    return tuple(token.text for token in _tokens_of_chunk(chunk, 0))


def _tokens_of_chunk(chunk: str, offset: int) -> Iterator[Token]:
    mails = {mail.start(): mail for mail in _MAIL.finditer(chunk)} if "@" in chunk else {}
    for run in _RUN.finditer(chunk):
        if mail := mails.get(run.start()):
            yield Token(_cut(fold(mail[0])), offset + mail.start(), offset + mail.end(), compound=True)
        yield from _tokens_of_run(run[0], offset + run.start())


def _tokens_of_run(run: str, start: int) -> Iterator[Token]:
    if run.isascii() and run.isalpha():
        yield Token(_cut(run.lower()), start, start + len(run))
        return
    for piece in _PIECE.finditer(run):
        place = start + piece.start()
        if mixed := _MIXED.fullmatch(piece[0]):
            yield Token(_cut(fold(piece[0])), place, place + len(piece[0]), compound=True)
        for word, at in _parts(mixed) if mixed else _words_of_piece(piece[0]):
            if folded := _letters(word):
                yield Token(folded, place + at, place + at + len(word))


def _parts(mixed: re.Match[str]) -> Iterator[tuple[str, int]]:
    """Split letters from digits: `iPhone15` is found by `iphone`, and `15` too."""
    yield from ((mixed[group], mixed.start(group)) for group in range(1, 5) if mixed[group])


def _words_of_piece(piece: str) -> Iterator[tuple[str, int]]:
    """Split French and Italian elisions: `l'ordre` is searched as `ordre`."""
    marked = _same(piece)
    elision = _LATIN_ELISION.match(marked)
    if elision:
        yield piece[: elision.end() - 1], 0
        yield piece[elision.end() :], elision.end()
    else:
        yield piece, 0


def _letters(word: str) -> str:
    folded = _LATIN_POSSESSIVE.sub("", fold(word)).strip(APOSTROPHE)
    return _cut("".join(letter for letter in folded if letter.isalnum() or letter == APOSTROPHE))


def _cut(token: str) -> str:
    return token[:TOKEN_LENGTH]

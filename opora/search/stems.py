"""From a written word to its stems. Words that share a stem are forms of one word.

Ukrainian and Russian words get the lemmas of both dictionaries (the language of a word is rarely certain) and the
Russian snowball stem of each; Latin words get the English stem of the accent-free word, and the German or Polish
stem where spelling gives the language away. The two dictionaries cost about 42 MB of memory and are loaded at the
first word nobody has written before, once in a process.
"""

import re
import threading
import unicodedata
from functools import cache
from typing import Any

import snowballstemmer

from opora.search.words import APOSTROPHE

_CYRILLIC = re.compile(f"[\u0400-\u052f{APOSTROPHE}]{{3,40}}")
_LATIN = re.compile(f"[a-z\u00df-\u024f{APOSTROPHE}]{{3,40}}")
_RUSSIAN_LETTERS = re.compile("[ыэъ]")
_UKRAINIAN_LETTERS = re.compile(f"[іїєґ{APOSTROPHE}]")
_GERMAN = re.compile("[äöüß]|(?:ung|keit|heit|schaft)(?:en)?$|lich(?:e[nrsm]?)?$")
_POLISH = re.compile("[ąćęłńśźż]")
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"})
# A stemmer keeps the word it works on in itself, so one thread uses it at a time; new forms are rare.
_lock = threading.Lock()


def has_stems(form: str) -> bool:
    """Tell whether `form` is a word that inflects here: three letters or more, all Cyrillic or all Latin."""
    return _CYRILLIC.fullmatch(form) is not None or _LATIN.fullmatch(form) is not None


def stems_of(form: str) -> frozenset[str]:
    """Return the stems of `form`, a token of `words`; empty when it does not inflect."""
    if _CYRILLIC.fullmatch(form):
        with _lock:
            return frozenset(_cyrillic_stems(form))
    if _LATIN.fullmatch(form):
        with _lock:
            return frozenset(_latin_stems(form))
    return frozenset()


def _cyrillic_stems(form: str) -> set[str]:
    return {_stemmer("russian").stemWord(_bare(word)) for word in {form, *_lemmas(form)}}


def _bare(word: str) -> str:
    return word.replace("'", "").replace(APOSTROPHE, "").replace("ґ", "г").replace("ё", "е")


def _lemmas(form: str) -> set[str]:
    russian = set() if _UKRAINIAN_LETTERS.search(form) else _known_lemmas("ru", form)
    ukrainian = set() if _RUSSIAN_LETTERS.search(form) else _known_lemmas("uk", form.replace(APOSTROPHE, "'"))
    if russian or ukrainian:
        return russian | ukrainian
    if _RUSSIAN_LETTERS.search(form):
        return _guessed_lemma("ru", form)
    return _guessed_lemma("uk", form.replace(APOSTROPHE, "'"))


def _known_lemmas(language: str, form: str) -> set[str]:
    if not _dictionary(language).word_is_known(form):
        return set()
    return {parse.normal_form for parse in _dictionary(language).parse(form) if parse.is_known}


def _guessed_lemma(language: str, form: str) -> set[str]:
    return {parse.normal_form for parse in _dictionary(language).parse(form)[:1]}


def _latin_stems(form: str) -> set[str]:
    word = form.replace(APOSTROPHE, "")
    stems = {_stemmer("english").stemWord(_accent_free(word))}
    if _GERMAN.search(word):
        stems.add("de:" + _stemmer("german").stemWord(word))
    if _POLISH.search(word):
        stems.add(_accent_free(_stemmer("polish").stemWord(word)))
    return stems


def _accent_free(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(_UNDECOMPOSED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def _stemmer(language: str) -> Any:
    return snowballstemmer.stemmer(language)


@cache
def _dictionary(language: str) -> Any:
    # Imported here: the first word of a process that needs it pays, a process that needs none does not.
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415

    return MorphAnalyzer(lang=language)

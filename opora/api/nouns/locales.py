"""Languages as the API numbers and names them."""

from opora.api.wire.call import Call
from opora.people.languages import own_name

_WIRE = {"en": "en-US", "pt": "pt-BR"}
_NUMBERS = {
    "en": 1,
    "es": 2,
    "de": 8,
    "fr": 16,
    "pt": 19,
    "it": 22,
    "ru": 27,
    "ja": 67,
    "ko": 69,
    "pl": 13,
    "nl": 1005,
    "uk": 1009,
}
_FIRST_OTHER = 2000


def wire_locale(code: str) -> str:
    """Return the language as the API names it: "en-US" for plain English."""
    return _WIRE.get(code, code) or "en-US"


def locale_number(code: str) -> int:
    """Return the number that stands for the language; always the same one."""
    base = code.partition("-")[0].lower() or "en"
    if base in _NUMBERS:
        return _NUMBERS[base]
    letters = [ord(letter) - ord("a") for letter in base[:2] if letter.isascii() and letter.isalpha()]
    return _FIRST_OTHER + sum(value * 26**place for place, value in enumerate(reversed(letters)))


def own_locale(wire: str) -> str:
    """Return the language as the desk keeps it."""
    base = wire.strip().partition("-")[0].lower()
    return base if base in {"en", "pt"} else wire.strip()[:10]


def locale_of_number(number: int) -> str | None:
    """Return the language of a number, None for one that stands for nothing."""
    return next((code for code in known_locales() if locale_number(code) == number), None)


def known_locales() -> tuple[str, ...]:
    return (
        "en", "uk", "ru", "pl", "de", "fr", "es", "it", "pt", "nl", "cs", "sk", "ro", "hu", "bg", "lt", "lv", "et",
        "fi", "sv", "da", "el", "tr", "ka", "hy", "kk", "ar", "he", "ja", "ko",
    )  # fmt: skip


def spoken_by(call: Call) -> str:
    """Return the language of whoever asks, as far as it is known."""
    return call.anybody.locale if call.anybody else ""


def locale_name(code: str) -> str:
    return own_name(code)

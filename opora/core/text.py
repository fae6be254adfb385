"""Small things done to text everywhere."""

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_SPACES = re.compile(r"\s+")


def one_line(text: str, *, limit: int = 255) -> str:
    """Return `text` on one line, without control marks or direction overrides, at most `limit` characters."""
    cleaned = _SPACES.sub(" ", _INVISIBLE.sub("", unicodedata.normalize("NFC", text))).strip()
    return cleaned if len(cleaned) <= limit else cleaned[: limit - 1].rstrip() + "…"


def without_nulls(text: str) -> str:
    """Return `text` without the null characters that PostgreSQL refuses to store."""
    return text.replace("\x00", "")


def slugify_name(text: str) -> str:
    """Return `text` as a short lower-case word for addresses: letters and digits of any script, dashes between."""
    return re.sub(r"[^\w]+", "-", unicodedata.normalize("NFKC", text).lower()).strip("-_")[:60]

"""Reading what was written as a value."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

NOTHING = ("", None, "none")
"""How “nothing” is written: no assignee, no priority."""
LARGEST = 2**62


def whole_number(value: Any) -> int:
    """Return a whole number. Raises `Invalid`."""
    _require(value)
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError) as problem:
        raise Invalid(_("“%(value)s” is not a number.") % {"value": str(value)[:40]}) from problem
    if not -LARGEST < number < LARGEST:
        raise Invalid(_("“%(value)s” is too large.") % {"value": str(value)[:40]})
    return number


def count(value: Any) -> int:
    """Return how many hours or days are meant, at most a century. Raises `Invalid`."""
    number = whole_number(value)
    if not 0 <= number <= 10**6:
        raise Invalid(_("Give a number between 0 and 1,000,000."))
    return number


def decimal_number(value: Any) -> Decimal:
    """Return a number with its decimals, a comma taken for a point. Raises `Invalid`."""
    _require(value)
    try:
        number = Decimal(str(value).strip().replace(",", ".").replace("\u00a0", "").replace(" ", ""))
    except InvalidOperation as problem:
        raise Invalid(_("“%(value)s” is not a number.") % {"value": str(value)[:40]}) from problem
    if not number.is_finite() or abs(number) >= Decimal(10) ** 14:
        raise Invalid(_("“%(value)s” is too large.") % {"value": str(value)[:40]})
    return number


def _require(value: Any) -> None:
    if value is None or not str(value).strip():
        raise Invalid(_("Give a number."))


def words_in(value: Any) -> tuple[str, ...]:
    """Return the words of a list, or of a text in which spaces or commas part them; each once."""
    parts = value if isinstance(value, (list, tuple)) else str(value or "").replace(",", " ").split()
    return tuple(dict.fromkeys(str(part).strip()[:200] for part in parts if str(part).strip()))


def quoted(text: str) -> str:
    """Return the text between the quotation marks of the reader's language."""
    return _("“%(text)s”") % {"text": text}

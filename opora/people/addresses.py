"""Mail addresses as they are compared."""

import re
import unicodedata

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.core.text import one_line

_ADDRESS = re.compile(r"[^@\s<>\",;]+@[^@\s<>\",;]+\.?[^@\s<>\",;.]+")


def normalise_email(address: str) -> str:
    """Return `address` as it is stored and compared: NFC, lower case, without spaces around."""
    return unicodedata.normalize("NFC", address).strip().strip("<>").lower()


def valid_email(address: str, *, field: str = "email") -> str:
    """Return the normalised address, or raise `Invalid` with a sentence."""
    email = normalise_email(address)
    if len(email) > 254 or not _ADDRESS.fullmatch(email):
        raise Invalid(_("“%(address)s” is not a mail address.") % {"address": address[:80]}, field=field)
    return email


def identity_value(kind: str, value: str) -> str:
    """Return what names a person as it is stored: a mail address, a phone number, or a name elsewhere. Raises `Invalid`."""
    if kind == "email":
        return valid_email(value, field="value")
    return one_line(value, limit=40 if kind == "phone" else 254)


def domain_of(email: str) -> str:
    return email.rpartition("@")[2]

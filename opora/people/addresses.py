"""Mail addresses as they are compared."""

import re
import unicodedata

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid

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


def domain_of(email: str) -> str:
    return email.rpartition("@")[2]

"""Secrets at rest: encrypted with a key derived from the desk's secret key, so a stolen database shows none."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from opora.core.refusals import Refusal


def encrypt(secret: str) -> str:
    """Return `secret` encrypted, as text; the empty secret stays empty."""
    return _cipher().encrypt(secret.encode()).decode() if secret else ""


def decrypt(stored: str) -> str:
    """Return what `encrypt` was given. Raises `Refusal` when the desk's secret key is another one now."""
    if not stored:
        return ""
    try:
        return _cipher().decrypt(stored.encode()).decode()
    except InvalidToken as problem:
        raise Refusal(
            _("A stored password cannot be read: the secret key of this desk has changed. Enter it again.")
        ) from problem


def _cipher() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"opora secrets").digest()
    return Fernet(base64.urlsafe_b64encode(key))

"""A token was used."""

from datetime import timedelta

from opora.api.models import ApiToken
from opora.core import clock

FINENESS = timedelta(minutes=1)
"""Noting each call would make every read a write."""


def note_use(token: ApiToken) -> None:
    """Remember when the token was used last, to the minute."""
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at > FINENESS:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)

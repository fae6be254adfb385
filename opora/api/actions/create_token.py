"""A program gets a token."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from opora.api.events import TokenCreated
from opora.api.models import ApiToken
from opora.api.policy import may_have_token
from opora.core import clock
from opora.core.refusals import Invalid
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require

EVERYTHING = ("read", "write", "impersonate")
LENGTH = 40


def create_token(
    person: Person,
    *,
    by: ActsAsActor,
    name: str,
    scopes: Iterable[str] = EVERYTHING,
    expires_at: datetime | None = None,
    client: str = "",
) -> tuple[ApiToken, str]:
    """Make a token in the name of `person` and return it with its secret, which is not kept and cannot be shown again.

    Raises `Invalid` for a token without a name, or one that would have expired already.
    """
    with update(by):
        require(may_have_token(by, person))
        if not name.strip():
            raise Invalid(_("Give the token a name: what uses it, and what for."), field="name")
        if expires_at and expires_at <= clock.now():
            raise Invalid(_("Choose a day in the future."), field="expires_at")
        secret = new_secret()
        token = ApiToken.objects.create(
            person=person,
            name=one_line(name, limit=120),
            token_hash=hash_of(secret),
            hint=secret[-4:],
            scopes=sorted(set(scopes)),
            expires_at=expires_at,
            client=client,
        )
        fact = TokenCreated(name=token.name, person_id=person.pk, scopes=token.scopes)
        record(fact, subject_id=token.pk, by=by)
    return token, secret


def new_secret() -> str:
    """Return forty letters and digits."""
    alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    return "".join(secrets.choice(alphabet) for _place in range(LENGTH))


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. It is random and long, so a fast hash without salt is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()

"""Tokens that programs got by OAuth 2, as the API reads them."""

import hashlib
from typing import Any

from oauth2_provider.models import get_access_token_model
from oauth2_provider.oauth2_validators import OAuth2Validator

from opora.api.models import OAuthClient
from opora.people.models import Person


def person_and_scopes(secret: str) -> tuple[Person, frozenset[str], int] | None:
    """Return whom the access token stands for, its scopes and its id; None when it opens nothing (any more).

    A token of client credentials has no person of its own: it stands for whoever registered the client.
    """
    checksum = hashlib.sha256(secret.encode()).hexdigest()
    found = (
        get_access_token_model()
        .objects.select_related("user__role", "application__user__role")
        .filter(token_checksum=checksum)
        .first()
    )
    if found is None or found.is_expired():
        return None
    person = found.user or (found.application.user if found.application else None)
    if person is None or not person.is_active:
        return None
    return person, frozenset(found.scope.split()), found.pk


class Validator(OAuth2Validator):
    """Asks a proof of possession (PKCE, RFC 7636) of programs that cannot keep a secret; others prove themselves by it."""

    def is_pkce_required(self, client_id: str, request: Any) -> bool:
        return not OAuthClient.objects.filter(
            client_id=client_id, client_type=OAuthClient.CLIENT_CONFIDENTIAL
        ).exists()

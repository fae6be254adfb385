"""A token stops working."""

from opora.api.events import TokenRevoked
from opora.api.models import ApiToken
from opora.api.policy import may_revoke_token
from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require


def revoke_token(token: ApiToken, *, by: ActsAsActor) -> ApiToken:
    """Make the token useless at once and for good."""
    with update(by):
        require(may_revoke_token(by, token))
        if token.revoked_at is None:
            token.revoked_at = clock.now()
            token.save(update_fields=["revoked_at"])
            record(TokenRevoked(name=token.name, person_id=token.person_id), subject_id=token.pk, by=by)
    return token

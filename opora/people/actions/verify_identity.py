"""Somebody vouches that an address is the person's."""

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import IdentityVerified
from opora.people.models import Identity
from opora.people.policy import may_edit_customer, require


def verify_identity(identity: Identity, *, by: ActsAsActor) -> Identity:
    """Mark the identity as confirmed."""
    with update(by):
        require(may_edit_customer(by, identity.person))
        if identity.verified_at is None:
            identity.verified_at = clock.now()
            identity.save(update_fields=["verified_at"])
            record(IdentityVerified(value=identity.value), subject_id=identity.person_id, by=by)
    return identity

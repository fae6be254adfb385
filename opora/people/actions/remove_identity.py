"""An address or number no longer belongs to a person."""

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import IdentityRemoved
from opora.people.models import Identity
from opora.people.policy import may_edit_customer, require


def remove_identity(identity: Identity, *, by: ActsAsActor) -> None:
    """Remove the identity; when it was the primary address, the next one takes its place."""
    person = identity.person
    with update(by):
        require(may_edit_customer(by, person))
        identity.delete()
        record(IdentityRemoved(identity_kind=identity.kind, value=identity.value), subject_id=person.pk, by=by)
        if identity.is_primary:
            following = person.identities.filter(kind=Identity.Kind.EMAIL).order_by("id").first()
            person.email = following.value if following else ""
            person.save(update_fields=["email"])
            person.identities.filter(pk=following.pk if following else None).update(is_primary=True)

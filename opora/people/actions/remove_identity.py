"""An address or number no longer belongs to a person."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import IdentityRemoved
from opora.people.models import Identity
from opora.people.policy import may_edit_customer, require


def remove_identity(identity: Identity, *, by: ActsAsActor) -> None:
    """Remove the identity; when it was a customer's primary address, the next one takes its place.

    The primary address of a colleague is what they sign in with and stays until another is made primary.
    """
    person = identity.person
    with update(by):
        require(may_edit_customer(by, person))
        if identity.is_primary and person.role_id:
            raise Conflict(
                _("%(name)s signs in with this address. Make another one primary first.") % {"name": person}
            )
        identity.delete()
        record(
            IdentityRemoved(identity_kind=identity.kind, value=identity.value), subject_id=person.pk, by=by
        )
        if identity.is_primary:
            following = person.identities.filter(kind=Identity.Kind.EMAIL).order_by("id").first()
            person.email = following.value if following else ""
            person.save(update_fields=["email"])
            if following:
                Identity.objects.filter(pk=following.pk).update(is_primary=True)

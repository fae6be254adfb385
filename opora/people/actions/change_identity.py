"""An address or number of a person is corrected."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.addresses import identity_value
from opora.people.events import IdentityAdded, IdentityRemoved, PrimaryAddressChanged
from opora.people.models import Identity
from opora.people.policy import may_edit_customer, may_manage_colleague, require


def change_identity(identity: Identity, *, by: ActsAsActor, value: str) -> Identity:
    """Put another address or number in the place of this one; nobody has vouched for it yet.

    The primary address of a colleague is what they sign in with, so it needs the right to manage people. Raises
    `Conflict` when the value belongs to anybody already.
    """
    person, kind, before = identity.person, identity.kind, identity.value
    value = identity_value(kind, value)
    with update(by):
        signs_in = bool(person.role_id) and identity.is_primary
        require(may_manage_colleague(by, person) if signs_in else may_edit_customer(by, person))
        if value == before:
            return identity
        if Identity.objects.filter(kind=kind, value=value).exists():
            sentence = _("%(value)s is known already.") % {"value": value}
            raise Conflict(sentence, field="value", reason="DuplicateValue")
        identity.value, identity.verified_at, identity.undeliverable_at = value, None, None
        identity.save(update_fields=["value", "verified_at", "undeliverable_at"])
        record(IdentityRemoved(identity_kind=kind, value=before), subject_id=person.pk, by=by)
        record(IdentityAdded(identity_kind=kind, value=value), subject_id=person.pk, by=by)
        if identity.is_primary:
            person.email = value
            person.save(update_fields=["email"])
            record(PrimaryAddressChanged(before=before, value=value), subject_id=person.pk, by=by)
    return identity

"""A person gets another address or number."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.addresses import identity_value
from opora.people.events import IdentityAdded
from opora.people.models import Identity, Person
from opora.people.policy import may_edit_customer, require


def add_identity(person: Person, *, by: ActsAsActor, kind: str, value: str) -> Identity:
    """Add an address or number. Raises `Conflict` when it belongs to somebody else."""
    value = identity_value(kind, value)
    with update(by):
        require(may_edit_customer(by, person))
        known = Identity.objects.filter(kind=kind, value=value).select_related("person").first()
        if known and known.person_id != person.pk:
            sentence = _("%(value)s belongs to %(name)s already. Merge the two people instead.")
            raise Conflict(
                sentence % {"value": value, "name": known.person.name}, field="value", reason="DuplicateValue"
            )
        if known:
            return known
        identity = Identity.objects.create(person=person, kind=kind, value=value)
        if kind == Identity.Kind.EMAIL and not person.email:
            _make_primary(identity)
        record(IdentityAdded(identity_kind=kind, value=value), subject_id=person.pk, by=by)
    return identity


def _make_primary(identity: Identity) -> None:
    identity.is_primary = True
    identity.save(update_fields=["is_primary"])
    identity.person.email = identity.value
    identity.person.save(update_fields=["email"])

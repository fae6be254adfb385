"""Another address becomes the one a person is written to, and signs in with."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import PrimaryAddressChanged
from opora.people.models import Identity, Person
from opora.people.policy import may_edit_customer, may_manage_colleague, require


def make_primary(identity: Identity, *, by: ActsAsActor) -> Person:
    """Make the address primary. For a colleague it is what they sign in with, so it needs the right to manage people."""
    person = identity.person
    with update(by):
        require(may_manage_colleague(by, person) if person.role_id else may_edit_customer(by, person))
        if identity.kind != Identity.Kind.EMAIL:
            raise Invalid(_("Only a mail address can be the primary one."))
        if identity.is_primary:
            return person
        before = person.email
        person.identities.filter(is_primary=True).update(is_primary=False)
        identity.is_primary = True
        identity.save(update_fields=["is_primary"])
        person.email = identity.value
        person.save(update_fields=["email"])
        record(PrimaryAddressChanged(before=before, value=identity.value), subject_id=person.pk, by=by)
    return person

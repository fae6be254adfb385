"""A customer is deleted."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import PersonDeleted
from opora.people.models import Person
from opora.people.policy import may, require


def delete_person(person: Person, *, by: ActsAsActor) -> Person:
    """Make the customer unknown: no addresses, in no list. What they wrote stays. Raises `Invalid` for a colleague."""
    with update(by):
        require(may(by, "people.edit"))
        if person.role_id:
            raise Invalid(_("%(name)s works here. Deactivate the colleague instead.") % {"name": person})
        if person.is_active:
            person.identities.all().delete()
            person.is_active, person.email, person.updated_at = False, "", clock.now()
            person.save(update_fields=["is_active", "email", "updated_at"])
            record(PersonDeleted(), subject_id=person.pk, by=by)
    return person

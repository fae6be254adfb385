"""Something about a person is changed by hand."""

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.actions.belong import settle_default
from opora.people.events import PersonChanged
from opora.people.models import Person
from opora.people.policy import may_edit_customer, require
from opora.people.signatures import check_signature

_HAS_ITS_OWN_ACTION = {"role", "role_id", "is_active", "email", "password", "merged_into", "suspended_at"}


def change_person(person: Person, *, by: ActsAsActor, **fields: object) -> Person:
    """Set the given fields of `person`. Role, addresses and standing have actions of their own and are refused here."""
    with update(by):
        require(may_edit_customer(by, person) and not _HAS_ITS_OWN_ACTION & set(fields))
        changes = apply_changes(person, fields)
        if "signature" in changes:
            check_signature(person.signature)
        if changes:
            person.updated_at = clock.now()
            person.save(update_fields=[*changes, "updated_at"])
            if "organization" in changes:
                settle_default(person)
            record(PersonChanged(changes=changes), subject_id=person.pk, by=by)
    return person

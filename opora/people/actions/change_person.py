"""Something about a person is changed by hand."""

from opora.core import clock
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import PersonChanged
from opora.people.models import Person
from opora.people.policy import may, may_edit_customer, require


def change_person(person: Person, *, by: ActsAsActor, **fields: object) -> Person:
    """Set the given fields of `person`. The role needs the right to manage people; all else the right to edit them."""
    with update(by):
        require(may_edit_customer(by, person))
        if "role" in fields or "is_active" in fields:
            require(may(by, "settings.people"))
        changes = apply_changes(person, fields)
        if changes:
            person.updated_at = clock.now()
            person.save(update_fields=[*changes, "updated_at"])
            record(PersonChanged(changes=changes), subject_id=person.pk, by=by)
    return person

"""A colleague gets another role."""

from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.administrators import refuse_last_administrator
from opora.people.events import PersonChanged
from opora.people.models import Person, Role
from opora.people.policy import may_grant, may_manage_colleague, require


def change_role(person: Person, *, by: ActsAsActor, role: Role) -> Person:
    """Give a colleague another role. Nobody gives more than they have, and one administrator always stays."""
    with update(by):
        require(person.role_id is not None and may_manage_colleague(by, person) and may_grant(by, role))
        if person.role_id == role.pk:
            return person
        if role.kind != Role.Kind.ADMINISTRATOR:
            refuse_last_administrator(person, field="role")
        before = person.role
        person.role = role
        person.save(update_fields=["role"])
        record(PersonChanged(changes={"role": [str(before), str(role)]}), subject_id=person.pk, by=by)
    return person

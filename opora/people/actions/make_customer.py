"""A colleague becomes a customer."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.actions.set_groups import set_groups
from opora.people.administrators import refuse_last_administrator
from opora.people.events import PersonChanged
from opora.people.models import Invitation, Person
from opora.people.policy import may_manage_colleague, require


def make_customer(person: Person, *, by: ActsAsActor) -> Person:
    """Take role, groups and password from a colleague: from then on they write to us as customers do.

    Raises `Conflict` for oneself and for the only administrator. What they wrote stays under their name.
    """
    with update(by):
        require(person.role_id is not None and may_manage_colleague(by, person))
        if isinstance(by, Person) and by.pk == person.pk:
            raise Conflict(_("You cannot take your own role. Ask another administrator."), field="role")
        refuse_last_administrator(person, field="role")
        set_groups(person, [], by=by)
        Invitation.objects.filter(person=person, accepted_at=None).delete()
        before, person.role, person.is_active = str(person.role), None, True
        person.set_unusable_password()
        person.save(update_fields=["role", "is_active", "password"])
        record(PersonChanged(changes={"role": [before, ""]}), subject_id=person.pk, by=by)
    return person

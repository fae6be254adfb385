"""A colleague ceases to work here, or comes back."""

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.administrators import refuse_last_administrator
from opora.people.events import ColleagueDeactivated, ColleagueReactivated
from opora.people.models import Invitation, Person
from opora.people.policy import may_manage_colleague, require


def deactivate_colleague(person: Person, *, by: ActsAsActor) -> Person:
    """Close the desk to a colleague at once: open sessions end, invitations lapse. Their work stays under their name."""
    with update(by):
        require(person.role_id is not None and may_manage_colleague(by, person))
        if isinstance(by, Person) and by.pk == person.pk:
            raise Conflict(_("You cannot deactivate yourself. Ask another administrator."))
        if not person.is_active:
            return person
        refuse_last_administrator(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        Invitation.objects.filter(person=person, accepted_at=None).update(expires_at=clock.now())
        record(ColleagueDeactivated(), subject_id=person.pk, by=by)
    return person


def reactivate_colleague(person: Person, *, by: ActsAsActor) -> Person:
    """Let a colleague sign in again, with the role and password they had."""
    with update(by):
        require(person.role_id is not None and may_manage_colleague(by, person))
        if person.is_active:
            return person
        person.is_active = True
        person.save(update_fields=["is_active"])
        record(ColleagueReactivated(), subject_id=person.pk, by=by)
    return person

"""A role is removed."""

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.events import RoleRemoved
from opora.people.models import Role
from opora.people.policy import may_grant, require


def remove_role(role: Role, *, by: ActsAsActor) -> None:
    """Remove a role of the desk's own that nobody has. Raises `Conflict` for a standard one and one that somebody has."""
    with update(by):
        require(may_grant(by, role))
        if role.kind != Role.Kind.CUSTOM:
            raise Conflict(_("This is one of the standard roles; it stays."))
        record(RoleRemoved(name=role.name), subject_id=role.pk, by=by)
        try:
            role.delete()
        except ProtectedError as problem:
            raise Conflict(_("Colleagues have this role. Give them another one first.")) from problem

"""A role is added or changed."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import RoleSaved
from opora.people.models import Person, Role
from opora.people.permissions import EVERYTHING
from opora.people.policy import may, require


def save_role(role: Role | None = None, *, by: ActsAsActor, **fields: object) -> Role:
    """Add a role or change one. The administrator's role cannot lose permissions, nor can one give what one lacks."""
    with update(by):
        require(may(by, "settings.people"))
        role = role or Role()
        created = role.pk is None
        if role.kind == Role.Kind.ADMINISTRATOR and "permissions" in fields:
            raise Invalid(_("Administrators may do everything; this role cannot be changed."))
        granted = frozenset(fields.get("permissions", ()))  # type: ignore[call-overload]
        if granted - EVERYTHING:
            raise Invalid(_("There is no permission “%(name)s”.") % {"name": min(granted - EVERYTHING)})
        require(not isinstance(by, Person) or granted <= by.allowed)
        changes = apply_changes(role, fields)
        if changes or created:
            role.save()
            record(RoleSaved(name=role.name, created=created, changes=changes), subject_id=role.pk, by=by)
    return role

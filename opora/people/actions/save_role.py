"""A role is added or changed."""

from collections.abc import Iterable
from typing import cast

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import RoleSaved
from opora.people.models import Role
from opora.people.permissions import EVERYTHING
from opora.people.policy import may, may_grant, require


def save_role(role: Role | None = None, *, by: ActsAsActor, **fields: object) -> Role:
    """Add a role or change one. The administrator's role cannot lose permissions, nor can one give what one lacks."""
    with update(by):
        require(may(by, "settings.people"))
        role = role or Role()
        created = role.pk is None
        require(created or may_grant(by, role))
        if role.kind == Role.Kind.ADMINISTRATOR and {"permissions", "ticket_access"} & set(fields):
            raise Invalid(_("Administrators may do everything; this role cannot be changed."))
        unknown = set(cast(Iterable[str], fields.get("permissions", ()))) - EVERYTHING
        if unknown:
            raise Invalid(_("There is no permission “%(name)s”.") % {"name": min(unknown)})
        changes = apply_changes(role, fields)
        require(may_grant(by, role))
        _check_name(role)
        if changes or created:
            role.save()
            record(RoleSaved(name=role.name, created=created, changes=changes), subject_id=role.pk, by=by)
    return role


def _check_name(role: Role) -> None:
    if not role.name.strip():
        raise Invalid(_("Give the role a name."), field="name")
    if Role.objects.filter(name__iexact=role.name).exclude(pk=role.pk).exists():
        raise Invalid(_("There is a role of this name already."), field="name")

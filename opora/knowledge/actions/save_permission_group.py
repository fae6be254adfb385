"""Who may write and publish some articles is set."""

from typing import Any

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.knowledge.actions.save_segment import set_members
from opora.knowledge.events import PermissionGroupRemoved, PermissionGroupSaved
from opora.knowledge.models import Article, PermissionGroup
from opora.knowledge.policy import may_arrange
from opora.people.policy import require

SIDES = ("editors", "publishers")


def save_permission_group(
    group: PermissionGroup | None = None, *, by: ActsAsActor, **fields: Any
) -> PermissionGroup:
    """Add a permission group or change one; `editors` and `publishers` are audiences.

    Raises `Invalid` for a name that is blank or taken, and `Conflict` for the one that is built in.
    """
    sides = {name: fields.pop(name) for name in SIDES if name in fields}
    with update(by):
        require(may_arrange(by))
        group = group or PermissionGroup()
        if group.is_built_in:
            raise Conflict(_("This permission group is built in and stays as it is."))
        created = group.pk is None
        changes = apply_changes(group, fields)
        _check_name(group)
        group.updated_at = clock.now() if changes or sides or created else group.updated_at
        group.save()
        for name, rows in sides.items():
            changes |= set_members(group, name, rows)
        if changes or created:
            fact = PermissionGroupSaved(name=group.name, created=created, changes=changes)
            record(fact, subject_id=group.pk, by=by)
    return group


def remove_permission_group(group: PermissionGroup, *, by: ActsAsActor) -> None:
    """Remove a permission group. Raises `Conflict` for the one that is built in, and while articles have it."""
    with update(by):
        require(may_arrange(by))
        if group.is_built_in:
            raise Conflict(_("This permission group is built in and stays as it is."))
        if Article.objects.filter(permission_group=group).exists():
            raise Conflict(_("Articles have this permission group. Choose another one for them first."))
        record(PermissionGroupRemoved(name=group.name), subject_id=group.pk, by=by)
        group.delete()


def _check_name(group: PermissionGroup) -> None:
    if not group.name.strip():
        raise Invalid(_("Give the permission group a name."), field="name", reason="BlankValue")
    if PermissionGroup.objects.filter(name__iexact=group.name).exclude(pk=group.pk).exists():
        raise Invalid(
            _("There is a permission group of this name already."), field="name", reason="DuplicateValue"
        )

"""Who may write and publish some articles is set."""

from typing import Any

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.actions.named import Refusals, refuse_built_in, save_named
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
    group = group or PermissionGroup()
    return save_named(group, PermissionGroupSaved, by=by, fields=fields, members=SIDES, refusals=_refusals())


def remove_permission_group(group: PermissionGroup, *, by: ActsAsActor) -> None:
    """Remove a permission group. Raises `Conflict` for the one that is built in, and while articles have it."""
    with update(by):
        require(may_arrange(by))
        refuse_built_in(group, _refusals())
        if Article.objects.filter(permission_group=group).exists():
            raise Conflict(_("Articles have this permission group. Choose another one for them first."))
        record(PermissionGroupRemoved(name=group.name), subject_id=group.pk, by=by)
        group.delete()


def _refusals() -> Refusals:
    return Refusals(
        built_in=_("This permission group is built in and stays as it is."),
        blank=_("Give the permission group a name."),
        taken=_("There is a permission group of this name already."),
    )

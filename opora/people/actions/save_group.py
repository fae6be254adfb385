"""A group is added or changed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.core.uses import refuse_while_used, thing_of
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import GroupSaved
from opora.people.models import Group, Membership, Person
from opora.people.policy import may, require


def save_group(
    group: Group | None = None, *, by: ActsAsActor, members: Iterable[Person] | None = None, **fields: object
) -> Group:
    """Add a group or change one; `members`, if given, become exactly its members."""
    with update(by):
        require(may(by, "settings.people"))
        group = group or Group(is_default=not Group.objects.exists())
        created, was_default = group.pk is None, group.is_default
        changes = apply_changes(group, fields)
        _check(group, was_default=was_default)
        if changes or created:
            group.save()
            _keep_one_default(group)
        if members is not None:
            changes |= _set_members(group, list(members))
        if changes or created:
            record(GroupSaved(name=group.name, created=created, changes=changes), subject_id=group.pk, by=by)
    return group


def remove_group(group: Group, *, by: ActsAsActor) -> Group:
    """Take a group out of use. Tickets that it has keep it until they are given to another one.

    Raises `Conflict` for the default group, and while rules, views, policies or queues name it.
    """
    if group.is_default:
        raise Conflict(_("New tickets go to this group. Make another group the default first."))
    require(may(by, "settings.people"))
    refuse_while_used(thing_of(group), group.name)
    return save_group(group, by=by, deleted_at=clock.now())


def _check(group: Group, *, was_default: bool) -> None:
    if not group.name.strip():
        raise Invalid(_("Give the group a name."), field="name", reason="BlankValue")
    if Group.objects.filter(name__iexact=group.name).exclude(pk=group.pk).exists():
        raise Invalid(_("There is a group of this name already."), field="name", reason="DuplicateValue")
    if was_default and not group.is_default:
        raise Conflict(
            _("One group is always the default. Make another group the default instead."), field="is_default"
        )


def _keep_one_default(group: Group) -> None:
    if group.is_default:
        Group.objects.exclude(pk=group.pk).update(is_default=False)


def _set_members(group: Group, members: list[Person]) -> dict[str, list]:
    before = set(group.memberships.values_list("person_id", flat=True))
    after = {person.pk for person in members}
    if before == after:
        return {}
    group.memberships.filter(person_id__in=before - after).delete()
    Membership.objects.bulk_create(Membership(group=group, person_id=pk) for pk in sorted(after - before))
    return {"members": [sorted(before), sorted(after)]}

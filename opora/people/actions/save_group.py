"""A group is added or changed."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
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
        created = group.pk is None
        changes = apply_changes(group, fields)
        if Group.objects.filter(name__iexact=group.name).exclude(pk=group.pk).exists():
            raise Invalid(_("There is a group of this name already."), field="name")
        if changes or created:
            group.save()
        if members is not None:
            changes |= _set_members(group, list(members))
        if changes or created:
            record(GroupSaved(name=group.name, created=created, changes=changes), subject_id=group.pk, by=by)
    return group


def _set_members(group: Group, members: list[Person]) -> dict[str, list]:
    before = set(group.memberships.values_list("person_id", flat=True))
    after = {person.pk for person in members}
    if before == after:
        return {}
    group.memberships.filter(person_id__in=before - after).delete()
    Membership.objects.bulk_create(Membership(group=group, person_id=id) for id in sorted(after - before))
    return {"members": [sorted(before), sorted(after)]}

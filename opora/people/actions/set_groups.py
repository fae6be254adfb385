"""A colleague joins groups and leaves others."""

from collections.abc import Iterable

from opora.events.actor import ActsAsActor
from opora.events.recording import update
from opora.people.actions.save_group import save_group
from opora.people.models import Group, Person
from opora.people.policy import may_manage_colleague, require


def set_groups(person: Person, groups: Iterable[Group], *, by: ActsAsActor) -> Person:
    """Make these exactly the groups of the colleague; each group that changes records it."""
    with update(by):
        require(person.role_id is not None and may_manage_colleague(by, person))
        before = set(Group.objects.filter(memberships__person=person, deleted_at=None))
        after = set(groups)
        for group in sorted(before ^ after, key=lambda group: group.pk):
            members = set(Person.objects.filter(memberships__group=group))
            save_group(group, by=by, members=members - {person} if group in before else members | {person})
    return person

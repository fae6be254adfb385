"""An audience of articles is added, changed or removed."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import Changes, apply_changes
from opora.events.recording import record, update
from opora.knowledge.events import SegmentRemoved, SegmentSaved
from opora.knowledge.models import Article, PermissionGroup, Segment
from opora.knowledge.policy import may_arrange
from opora.people.policy import require

MEMBERS = ("organizations", "groups", "people")


def save_segment(segment: Segment | None = None, *, by: ActsAsActor, **fields: Any) -> Segment:
    """Add an audience or change one; `organizations`, `groups` and `people` are rows.

    Raises `Invalid` for a name that is blank or taken, and `Conflict` for those that are built in.
    """
    members = {name: fields.pop(name) for name in MEMBERS if name in fields}
    with update(by):
        require(may_arrange(by))
        segment = segment or Segment()
        if segment.is_built_in:
            raise Conflict(_("This audience is built in and stays as it is."))
        created = segment.pk is None
        changes = apply_changes(segment, fields)
        _check_name(segment)
        segment.updated_at = clock.now() if changes or members or created else segment.updated_at
        segment.save()
        for name, rows in members.items():
            changes |= set_members(segment, name, rows)
        if changes or created:
            fact = SegmentSaved(name=segment.name, created=created, changes=changes)
            record(fact, subject_id=segment.pk, by=by)
    return segment


def remove_segment(segment: Segment, *, by: ActsAsActor) -> None:
    """Remove an audience. Raises `Conflict` for those that are built in, and while articles or permission groups name it."""
    with update(by):
        require(may_arrange(by))
        if segment.is_built_in:
            raise Conflict(_("This audience is built in and stays as it is."))
        if Article.objects.filter(segment=segment).exists():
            raise Conflict(_("Articles are meant for this audience. Choose another one for them first."))
        named = PermissionGroup.objects.filter(editors=segment) | PermissionGroup.objects.filter(
            publishers=segment
        )
        if named.exists():
            raise Conflict(_("Permission groups name this audience. Take it out of them first."))
        record(SegmentRemoved(name=segment.name), subject_id=segment.pk, by=by)
        segment.delete()


def set_members(row: Any, name: str, wanted: Iterable[Any]) -> Changes:
    """Let the many-to-many field hold these rows; return the change by their names."""
    before, after = set(getattr(row, name).all()), set(wanted)
    if before == after:
        return {}
    getattr(row, name).set(after)
    return {name: [sorted(map(str, before)), sorted(map(str, after))]}


def _check_name(segment: Segment) -> None:
    if not segment.name.strip():
        raise Invalid(_("Give the audience a name."), field="name", reason="BlankValue")
    if Segment.objects.filter(name__iexact=segment.name).exclude(pk=segment.pk).exists():
        raise Invalid(_("There is an audience of this name already."), field="name", reason="DuplicateValue")

"""An audience of articles is added, changed or removed."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from opora.core.refusals import Conflict
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.knowledge.actions.named import Refusals, refuse_built_in, save_named
from opora.knowledge.events import SegmentRemoved, SegmentSaved
from opora.knowledge.models import Article, PermissionGroup, Segment
from opora.knowledge.policy import may_arrange
from opora.people.policy import require

MEMBERS = ("organizations", "groups", "people")


def save_segment(segment: Segment | None = None, *, by: ActsAsActor, **fields: Any) -> Segment:
    """Add an audience or change one; `organizations`, `groups` and `people` are rows.

    Raises `Invalid` for a name that is blank or taken, and `Conflict` for those that are built in.
    """
    segment = segment or Segment()
    return save_named(segment, SegmentSaved, by=by, fields=fields, members=MEMBERS, refusals=_refusals())


def remove_segment(segment: Segment, *, by: ActsAsActor) -> None:
    """Remove an audience. Raises `Conflict` for those that are built in, and while articles or permission groups name it."""
    with update(by):
        require(may_arrange(by))
        refuse_built_in(segment, _refusals())
        if Article.objects.filter(segment=segment).exists():
            raise Conflict(_("Articles are meant for this audience. Choose another one for them first."))
        if PermissionGroup.objects.filter(Q(editors=segment) | Q(publishers=segment)).exists():
            raise Conflict(_("Permission groups name this audience. Take it out of them first."))
        record(SegmentRemoved(name=segment.name), subject_id=segment.pk, by=by)
        segment.delete()


def _refusals() -> Refusals:
    return Refusals(
        built_in=_("This audience is built in and stays as it is."),
        blank=_("Give the audience a name."),
        taken=_("There is an audience of this name already."),
    )

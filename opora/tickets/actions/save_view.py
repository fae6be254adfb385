"""A view is added, changed or removed."""

from typing import cast

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.conditions import compile_conditions
from opora.tickets.events import ViewDeleted, ViewSaved
from opora.tickets.models import View
from opora.tickets.policy import may_change_view


def save_view(view: View | None = None, *, by: ActsAsActor, **fields: object) -> View:
    """Add a view or change one. Raises `Invalid` for conditions that mean nothing."""
    with update(by):
        view = view or View(owner=cast("Person | None", fields.get("owner")))
        created = view.pk is None
        require(may_change_view(by, view))
        changes = apply_changes(view, fields)
        require(may_change_view(by, view))
        if not view.title.strip():
            raise Invalid(_("Give the view a name."), field="title")
        compile_conditions(view.conditions, by=by)
        if changes or created:
            view.save()
            record(ViewSaved(name=view.title, created=created, changes=changes), subject_id=view.pk, by=by)
    return view


def delete_view(view: View, *, by: ActsAsActor) -> None:
    """Remove a view; its tickets stay where they are."""
    with update(by):
        require(may_change_view(by, view))
        record(ViewDeleted(name=view.title), subject_id=view.pk, by=by)
        view.delete()

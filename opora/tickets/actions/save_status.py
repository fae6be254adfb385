"""A custom status is added or changed; the standard ones are made."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.tickets.events import StatusSaved
from opora.tickets.models import Category, Status


def save_status(status: Status | None = None, *, by: ActsAsActor, **fields: object) -> Status:
    """Add a status or change one. Its category is fixed once made; each category keeps its default one."""
    with update(by):
        require(may(by, "settings.tickets"))
        status = status or Status()
        created = status.pk is None
        if not created and fields.get("category", status.category) != status.category:
            raise Invalid(_("The category of a status cannot change; make another status."), field="category")
        changes = apply_changes(status, fields)
        if not status.is_default and not status.name.strip():
            raise Invalid(_("Give the status a name."), field="name")
        if status.is_default and not status.is_active:
            raise Invalid(
                _("This is the standard status of its category; it stays in use."), field="is_active"
            )
        if changes or created:
            status.save()
            record(
                StatusSaved(name=str(status), created=created, changes=changes), subject_id=status.pk, by=by
            )
    return status


def create_standard_statuses() -> None:
    """Make the default status of each category where it is missing."""
    for category in Category:
        Status.objects.get_or_create(category=category, is_default=True)

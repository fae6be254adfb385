"""Another status becomes the standard one of its category."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import may, require
from opora.tickets.events import StatusSaved
from opora.tickets.models import Category, Status


def make_default_status(status: Status, *, by: ActsAsActor) -> Status:
    """Make it what tickets get that enter the category without a status named. The one before stays in use."""
    with update(by):
        require(may(by, "settings.tickets"))
        if status.is_default:
            return status
        if not status.is_active:
            raise Invalid(_("This status is not in use. Take it into use first."), field="is_active")
        before = Status.objects.select_for_update().get(category=status.category, is_default=True)
        before.is_default, before.name = False, before.name or str(Category(before.category).label)
        before.save(update_fields=["is_default", "name"])
        status.is_default = True
        status.save(update_fields=["is_default"])
        for row in (before, status):
            change = {"is_default": [not row.is_default, row.is_default]}
            record(StatusSaved(name=str(row), created=False, changes=change), subject_id=row.pk, by=by)
    return status

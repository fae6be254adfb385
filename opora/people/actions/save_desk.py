"""The desk's own settings are changed."""

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.changes import apply_changes
from opora.events.recording import record, update
from opora.people.events import DeskSaved
from opora.people.models import Desk
from opora.people.policy import may, require


def save_desk(desk: Desk, *, by: ActsAsActor, **fields: object) -> Desk:
    """Set the given fields of the desk: its name, language, time zone, how long suspended mail waits."""
    with update(by):
        require(may(by, "settings.desk"))
        changes = apply_changes(desk, fields)
        if not desk.name.strip():
            raise Invalid(_("Give the desk a name."), field="name")
        if changes:
            desk.save(update_fields=list(changes))
            record(DeskSaved(name=desk.name, changes=changes), subject_id=desk.pk, by=by)
    return desk

"""A calendar is taken out of use."""

from django.utils.translation import gettext as _

from opora.calendars.events import CalendarRemoved
from opora.calendars.models import Calendar
from opora.calendars.policy import may_change
from opora.core import clock
from opora.core.refusals import Conflict
from opora.core.uses import refuse_while_used, thing_of
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.policy import require


def remove_calendar(calendar: Calendar, *, by: ActsAsActor) -> None:
    """Let nobody choose it any more; whoever had it has the default calendar. Its history stays.

    Raises `Conflict` for the default one, and while policies count in it.
    """
    with update(by):
        require(may_change(by))
        if calendar.is_default:
            raise Conflict(_("This is the default calendar. Make another calendar the default first."))
        refuse_while_used(thing_of(calendar), calendar.name)
        calendar.uses.filter(until=None).update(until=clock.now())
        calendar.deleted_at = clock.now()
        calendar.save(update_fields=["deleted_at"])
        record(CalendarRemoved(name=calendar.name), subject_id=calendar.pk, by=by)

"""A broken promise is left out of the net attainment, with a reason and a name; or counted again."""

from django.utils.translation import gettext as _

from opora.core.refusals import Conflict, Invalid, NotFound
from opora.core.text import one_line
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.sla.events import PromiseCountedAgain, PromiseExcluded
from opora.sla.models import ClockRow, Exclusion
from opora.sla.policy import may_change
from opora.tickets.models import Ticket


def exclude_clock(ticket: Ticket, clock: str, reason: str, *, by: Person) -> Exclusion:
    """Leave one broken clock of the ticket, named “sla:first_reply:1”, out of the net attainment (S15).

    The gross attainment still counts it. Raises `NotFound` for a clock that is not there, `Conflict` for one that is not
    broken or is left out already, `Invalid` without a reason.
    """
    with update(by):
        require(may_change(by))
        reason = one_line(reason, limit=200)
        if not reason:
            raise Invalid(_("Say why it is left out; the report shows the reason."), field="reason")
        row = ClockRow.objects.filter(pk=f"{ticket.pk}:{clock}").first()
        if row is None:
            raise NotFound(_("There is no such clock."))
        if row.first_breach_at is None:
            raise Conflict(_("Only a broken promise can be left out."))
        made, is_new = Exclusion.objects.get_or_create(
            key=row.pk, defaults={"ticket": ticket, "reason": reason, "approved_by": by}
        )
        if not is_new:
            raise Conflict(_("It is left out already."))
        record(PromiseExcluded(clock=clock, metric=row.metric, reason=reason), subject_id=ticket.pk, by=by)
    return made


def count_clock_again(ticket: Ticket, clock: str, *, by: Person) -> None:
    """Count a clock that was left out. Counting one that is counted changes nothing."""
    with update(by):
        require(may_change(by))
        found = Exclusion.objects.filter(pk=f"{ticket.pk}:{clock}", ticket=ticket)
        if found.delete()[0]:
            record(PromiseCountedAgain(clock=clock, metric=clock.split(":")[1]), subject_id=ticket.pk, by=by)

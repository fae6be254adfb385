"""Reading escalations: those of a ticket, those of a group, and what they say of both sides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.prepared import prepared
from opora.core.refusals import NotFound
from opora.people.models import Group, Person
from opora.routing.models import Escalation, Line
from opora.tickets.models import Ticket
from opora.tickets.policy import may_see, visible_tickets

State = Escalation.State
MEASURED = timedelta(days=30)

STATES = {
    "open": (State.OPEN,),
    "accepted": (State.ACCEPTED,),
    "rejected": (State.REJECTED,),
    "handed_back": (State.HANDED_BACK,),
    "withdrawn": (State.WITHDRAWN,),
}


def lines() -> QuerySet[Line]:
    """Return the groups that take escalations, by tier, specialists last."""
    return Line.objects.filter(deleted_at=None, group__deleted_at=None).select_related("group")


def escalation_for(by: Person, escalation_id: int) -> Escalation:
    """Return the escalation with all that its page shows. Raises `NotFound` if the reader may not see its ticket."""
    found = _joined(Escalation.objects.filter(pk=escalation_id)).select_related("ticket").first()
    if found is None or not may_see(by, found.ticket):
        raise NotFound(_("There is no such escalation, or your role does not show it to you."))
    return found


def escalations_of(ticket: Ticket) -> list[Escalation]:
    """Return the escalations of the ticket with their answers, newest first, in two queries."""
    return _on_ticket(ticket.pk)


@prepared
def _on_ticket(ticket_id: int) -> QuerySet[Escalation]:
    among = Escalation.objects.filter(ticket_id=ticket_id)
    return _joined(among).prefetch_related("answers__attachment").order_by("-id")


def escalations_for(by: Person, *, group: Group | None, state: str) -> QuerySet[Escalation]:
    """Return the escalations of tickets that the reader may see, of one group or of all, in one state or in all."""
    found = Escalation.objects.filter(ticket__in=Ticket.objects.filter(visible_tickets(by)).values("pk"))
    if group:
        found = found.filter(to_group=group)
    return found.filter(state__in=STATES[state]) if state in STATES else found


@prepared
def with_tickets(ids: list[int]) -> QuerySet[Escalation]:
    """Return these escalations with their tickets."""
    return _joined(Escalation.objects.filter(pk__in=ids)).select_related("ticket__status", "ticket__brand")


def _joined(found: QuerySet[Escalation]) -> QuerySet[Escalation]:
    return found.select_related(
        "from_group", "from_person", "to_group", "opened_by", "accepted_by", "closed_by"
    )


@dataclass(frozen=True)
class Measures:
    """Escalations opened in the last thirty days, and what became of those that were answered.

    Rates are of the answered ones: accepted (also those handed back since) and rejected. None where nothing was.
    """

    opened: int
    accepted: int
    rejected: int
    incomplete: int
    accept_seconds: float | None

    @property
    def answered(self) -> int:
        return self.accepted + self.rejected

    @property
    def acceptance(self) -> int | None:
        return round(100 * self.accepted / self.answered) if self.answered else None

    @property
    def rejection(self) -> int | None:
        return round(100 * self.rejected / self.answered) if self.answered else None


def measures_of(group: Group | None) -> Measures:
    """Return the measures of a group, or of all, in one query."""
    since = clock.now() - MEASURED
    rows = Escalation.objects.filter(opened_at__gte=since)
    if group:
        rows = rows.filter(to_group=group)
    return measure(rows.values_list("state", "refusal", "opened_at", "accepted_at"))


def measure(rows: Iterable[tuple]) -> Measures:
    """Return the measures of rows of state, refusal, opened_at, accepted_at."""
    rows = list(rows)
    accepted = [row for row in rows if row[3] is not None]
    rejected = [row for row in rows if row[0] == State.REJECTED]
    waits = [(row[3] - row[2]).total_seconds() for row in accepted]
    return Measures(
        opened=len(rows),
        accepted=len(accepted),
        rejected=len(rejected),
        incomplete=sum(row[1] == Escalation.Refusal.INCOMPLETE for row in rejected),
        accept_seconds=median(waits) if waits else None,
    )

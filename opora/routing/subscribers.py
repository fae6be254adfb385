"""What routing does about the facts of others."""

from opora.core.remembered import has_rows
from opora.events.actor import TIMER
from opora.events.fact import Fact
from opora.events.models import Event
from opora.events.registry import reaction
from opora.people.events import ColleagueDeactivated, GroupSaved
from opora.people.models import Person
from opora.routing.actions.admit_ticket import admit_ticket
from opora.routing.actions.distribute import distribute_soon
from opora.routing.actions.sort_unassigned import sort_unassigned
from opora.routing.actions.take_back import return_work_of, take_back_from_absent
from opora.routing.actions.withdraw_escalation import end_with_ticket
from opora.routing.events import (
    CapacitySaved,
    PersonSkillsSaved,
    PresenceChanged,
    QueueSaved,
    RequirementSaved,
    RoutingSettingsSaved,
    SkillSaved,
)
from opora.routing.models import Queue, Waiting
from opora.tickets.events import (
    TicketAssigned,
    TicketChanged,
    TicketClosed,
    TicketCreated,
    TicketDeleted,
    TicketMarkedSpam,
    TicketMerged,
    TicketReopened,
    TicketRestored,
    TicketSolved,
    TicketStatusChanged,
    TicketUnmerged,
)
from opora.tickets.models import Ticket

_OURS = ("new", "open")


def _routes() -> bool:
    """Whether this desk has queues at all; without any, nothing is owed."""
    return Queue.objects.filter(is_active=True, deleted_at=None).exists()


def _waits(fact: Fact) -> bool:
    return has_rows(Waiting)


def _frees(fact: Fact) -> bool:
    """Whether somebody may have more room than before, while work waits."""
    if isinstance(fact, TicketAssigned) and fact.before_assignee_id is None:
        return False
    if isinstance(fact, TicketStatusChanged) and fact.after in _OURS:
        return False
    return _waits(fact)


def _comes_back(fact: Fact) -> bool:
    """Whether it is our turn again."""
    if isinstance(fact, TicketStatusChanged) and (fact.before in _OURS or fact.after not in _OURS):
        return False
    return _routes()


def _is_unowned(fact: TicketCreated | TicketAssigned) -> bool:
    return fact.assignee_id is None and _routes()


@reaction(TicketCreated, TicketAssigned, when=_is_unowned)
def admit_unowned(fact: Fact, event: Event) -> None:
    """A ticket that came in, changed its group or lost its assignee takes its place in a queue."""
    _admit(event.subject_id)


@reaction(TicketRestored, TicketUnmerged, TicketReopened, TicketStatusChanged, when=_comes_back)
def admit_again(fact: Fact, event: Event) -> None:
    """A ticket whose turn it is again takes its place; a reopened one leaves an assignee who is not there."""
    ticket = Ticket.objects.select_related("assignee").filter(pk=event.subject_id).first()
    if isinstance(fact, TicketReopened) and ticket and take_back_from_absent(ticket):
        distribute_soon.enqueue()
    elif ticket and ticket.assignee_id is None:
        _admit(event.subject_id)


@reaction(TicketChanged, when=_waits)
def sort_again(fact: TicketChanged, event: Event) -> None:
    """A waiting ticket whose properties change may belong to another queue or need other skills."""
    if Waiting.objects.filter(pk=event.subject_id).exists():
        _admit(event.subject_id)


@reaction(
    TicketSolved, TicketClosed, TicketStatusChanged, TicketDeleted, TicketMarkedSpam, TicketMerged, TicketAssigned,
    when=_frees,
)  # fmt: skip
def fill_the_room(fact: Fact, event: Event) -> None:
    """Whoever got room by this gets what waits."""
    distribute_soon.enqueue()


@reaction(PresenceChanged, when=lambda fact: fact.after == "online" and _waits(fact))
def greet_with_work(fact: PresenceChanged, event: Event) -> None:
    """Whoever comes online gets what waits."""
    distribute_soon.enqueue()


@reaction(CapacitySaved, PersonSkillsSaved, RoutingSettingsSaved, GroupSaved, when=_waits)
def try_again(fact: Fact, event: Event) -> None:
    """More capacity, other skills or other members may find somebody for what waits."""
    distribute_soon.enqueue()


@reaction(QueueSaved, RequirementSaved, SkillSaved)
def sort_all_again(fact: Fact, event: Event) -> None:
    """Tickets that nobody has are sorted anew when queues or what tickets need have changed."""
    sort_unassigned.enqueue()


@reaction(ColleagueDeactivated, when=lambda fact: _routes())
def free_the_work(fact: ColleagueDeactivated, event: Event) -> None:
    """Open work of somebody who no longer works here goes back to the queues."""
    person = Person.objects.filter(pk=event.subject_id).first()
    if person and return_work_of(person, by=TIMER):
        distribute_soon.enqueue()


@reaction(TicketSolved, TicketDeleted, TicketMarkedSpam, TicketMerged)
def end_escalations(fact: Fact, event: Event) -> None:
    """Escalations under way end with the ticket."""
    end_with_ticket(event.subject_id)


def _admit(ticket_id: int) -> None:
    ticket = Ticket.objects.filter(pk=ticket_id).first()
    if ticket and admit_ticket(ticket):
        distribute_soon.enqueue()

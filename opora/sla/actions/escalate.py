"""A policy's chain of escalation takes its steps."""

from collections.abc import Callable

from opora.core.refusals import Refusal
from opora.events.actor import Actor
from opora.events.models import Event
from opora.events.recording import caused_by, coming_via, record, update
from opora.people.models import Group, Person, Role
from opora.sla.content import Content, Escalation
from opora.sla.events import SlaBreached, SlaEscalated, SlaWarned
from opora.sla.models import PolicyVersion
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.models import Priority, Ticket

Step = Callable[[Ticket, Escalation, Actor], None]


def escalate(fact: SlaWarned | SlaBreached, event: Event) -> None:
    """Take the steps of the threshold on a ticket that is still unsolved. Taking them twice changes nothing more."""
    version = PolicyVersion.objects.select_related("policy").filter(pk=fact.version_id).first()
    ticket = Ticket.objects.live().filter(pk=event.subject_id).first()
    if version is None or ticket is None or ticket.is_solved:
        return
    already = Event.objects.filter(
        kind=SlaEscalated.kind, subject_kind="ticket", subject_id=ticket.pk, cause_id=event.pk
    )
    by = Actor("rule", version.policy_id, version.policy.name)
    chain = [one for one in Content.from_json(version.content).escalations if one.percent == fact.threshold]
    if not chain or already.exists():
        return
    with caused_by(event), coming_via("rule"), update(by):
        people: set[int] = set()
        for one in chain:
            people |= _people(ticket, one)
            change = CHANGES.get(one.step)
            if change:
                change(ticket, one, by)
        escalated = SlaEscalated(
            metric=fact.metric,
            threshold=fact.threshold,
            people=tuple(sorted(people)),
            steps=tuple(one.step for one in chain),
        )
        record(escalated, subject_id=ticket.pk, by=by)


def _people(ticket: Ticket, one: Escalation) -> set[int]:
    """Return whom a step tells; an unassigned ticket's assignee is its group."""
    if one.step == "notify_assignee" and ticket.assignee_id:
        return {ticket.assignee_id}
    if one.step == "notify_person":
        return {one.value} if one.value else set()
    if one.step in ("notify_group", "notify_leads", "notify_assignee") and ticket.group_id:
        members = Person.objects.colleagues().filter(memberships__group_id=ticket.group_id)
        if one.step == "notify_leads":
            members = members.filter(role__kind__in=(Role.Kind.TEAM_LEAD, Role.Kind.ADMINISTRATOR))
        return set(members.values_list("pk", flat=True))
    return set()


def _to_group(ticket: Ticket, one: Escalation, by: Actor) -> None:
    group = Group.objects.filter(pk=one.value or 0, deleted_at=None).first()
    if group:
        _try(lambda: assign_ticket(ticket, by=by, group=group))


def _to_person(ticket: Ticket, one: Escalation, by: Actor) -> None:
    person = Person.objects.colleagues().filter(pk=one.value or 0).first()
    if person:
        _try(lambda: assign_ticket(ticket, by=by, assignee=person))


def _raise(ticket: Ticket, one: Escalation, by: Actor) -> None:
    present = ticket.priority or Priority.NORMAL
    if present < Priority.URGENT:
        _try(lambda: change_ticket(ticket, by=by, priority=present + 1))


def _try(step: Callable[[], object]) -> None:
    """A ticket that was closed in the meantime is left as it is."""
    try:
        step()
    except Refusal:
        return


CHANGES: dict[str, Step] = {"assign_group": _to_group, "assign_person": _to_person, "raise_priority": _raise}
"""Steps that change the ticket; the others tell people."""

"""A ticket is given to a group or a colleague."""

from typing import TypedDict, Unpack

from django.utils.translation import gettext as _

from opora.core.refusals import Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Group, Membership, Person
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, refuse_closed, touch
from opora.tickets.actions.status import move_status
from opora.tickets.events import TicketAssigned
from opora.tickets.models import Category, Ticket
from opora.tickets.policy import may_assign
from opora.tickets.queries import status_of


class Target(TypedDict, total=False):
    """Who shall have it; a missing key leaves it as it is."""

    group: Group | None
    assignee: Person | None


def assign_ticket(ticket: Ticket, *, by: ActsAsActor, **target: Unpack[Target]) -> Ticket:
    """Give the ticket to a group, a colleague, or both. A new ticket that gets an assignee becomes open.

    A colleague outside the ticket's group brings their own group along; a group without the assignee among its
    members takes the ticket off them.
    """
    with update(by):
        lock_ticket(ticket)
        refuse_closed(ticket)
        require(may_assign(by, ticket))
        before = (ticket.group_id, ticket.assignee_id)
        group, assignee = _settle(ticket, target)
        if (group.pk if group else None, assignee.pk if assignee else None) == before:
            return ticket
        ticket.group, ticket.assignee = group, assignee
        touch(ticket, "group", "assignee")
        record(_fact(ticket, *before), subject_id=ticket.pk, by=by)
        if assignee and ticket.category == Category.NEW:
            move_status(ticket, status_of(Category.OPEN), by=by)
    return ticket


def _settle(ticket: Ticket, target: Target) -> tuple[Group | None, Person | None]:
    group = target.get("group", ticket.group)
    assignee = target.get("assignee", ticket.assignee)
    if assignee and not assignee.is_colleague:
        raise Invalid(_("%(name)s does not work here.") % {"name": assignee}, field="assignee")
    if assignee and group and not _is_member(assignee, group):
        if "assignee" in target:
            own = Group.objects.filter(memberships__person=assignee, deleted_at=None).order_by("id").first()
            group = own or group
        else:
            assignee = None
    return group, assignee


def _is_member(person: Person, group: Group) -> bool:
    return Membership.objects.filter(person=person, group=group).exists()


def _fact(ticket: Ticket, before_group_id: int | None, before_assignee_id: int | None) -> TicketAssigned:
    return TicketAssigned(
        group_id=ticket.group_id,
        group_name=ticket.group.name if ticket.group else "",
        assignee_id=ticket.assignee_id,
        assignee_name=str(ticket.assignee) if ticket.assignee else "",
        before_group_id=before_group_id,
        before_assignee_id=before_assignee_id,
    )

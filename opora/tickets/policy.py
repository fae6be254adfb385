"""Who may see and do what with tickets. Actors that are not people (timers, rules, imports) may."""

from django.db.models import Q

from opora.events.actor import ActsAsActor
from opora.people.models import Person, Role
from opora.people.policy import may
from opora.tickets.models import Comment, Macro, Ticket, View


def visible_tickets(by: ActsAsActor) -> Q:
    """Return the condition on tickets that this author may see; empty for whoever sees all.

    Customers see their own and those copied to them. Tickets of a private group are hidden from colleagues outside it,
    unless they have to do with the ticket themselves.
    """
    if not isinstance(by, Person):
        return Q()
    if not by.is_colleague:
        return Q(requester=by) | Q(collaborations__person=by, collaborations__kind="cc")
    access = by.role.ticket_access if by.role else Role.Access.ASSIGNED
    if access == Role.Access.ALL:
        hidden = by.hidden_group_ids
        return ~Q(group_id__in=hidden) | Q(requester=by) | _mine(by) if hidden else Q()
    mine = _mine(by)
    if access == Role.Access.GROUPS:
        return mine | Q(group_id__in=by.group_ids)
    return mine


def _mine(person: Person) -> Q:
    return Q(assignee=person) | Q(id__in=_followed(person))


def _followed(person: Person):  # type: ignore[no-untyped-def]
    return person.collaborations.values("ticket_id")


def may_see(by: ActsAsActor, ticket: Ticket) -> bool:
    if not isinstance(by, Person) or _sees_all_of(by, ticket):
        return True
    if ticket.assignee_id == by.pk or ticket.requester_id == by.pk:
        return True
    if (
        by.role
        and by.is_active
        and by.role.ticket_access == Role.Access.GROUPS
        and ticket.group_id in by.group_ids
    ):
        return True
    return ticket.collaborations.filter(person=by).exists()


def _sees_all_of(person: Person, ticket: Ticket) -> bool:
    """Whether the role shows every ticket, and the ticket's group does not keep it to itself."""
    sees_all = person.role and person.is_active and person.role.ticket_access == Role.Access.ALL
    return bool(sees_all) and ticket.group_id not in person.hidden_group_ids


def may_see_comment(by: ActsAsActor, comment: Comment) -> bool:
    """Customers never see internal notes."""
    if not may_see(by, comment.ticket):
        return False
    return comment.is_public or not isinstance(by, Person) or by.is_colleague


def may_reply(by: ActsAsActor, ticket: Ticket) -> bool:
    """Colleagues need the right; customers answer on their own tickets."""
    if isinstance(by, Person) and not by.is_colleague:
        return may_see(by, ticket)
    return may(by, "tickets.reply") and may_see(by, ticket)


def may_note(by: ActsAsActor, ticket: Ticket) -> bool:
    return may(by, "tickets.note") and may_see(by, ticket)


def may_forward(by: ActsAsActor, ticket: Ticket) -> bool:
    """Whoever may write to customers may write to others about them."""
    return may(by, "tickets.reply") and may_see(by, ticket)


def may_edit(by: ActsAsActor, ticket: Ticket) -> bool:
    return may(by, "tickets.edit") and may_see(by, ticket)


def may_assign(by: ActsAsActor, ticket: Ticket) -> bool:
    return may(by, "tickets.assign") and may_see(by, ticket)


def may_merge(by: ActsAsActor, ticket: Ticket) -> bool:
    return may(by, "tickets.merge") and may_see(by, ticket)


def may_delete(by: ActsAsActor, ticket: Ticket) -> bool:
    return may(by, "tickets.delete") and may_see(by, ticket)


def may_mark_spam(by: ActsAsActor, ticket: Ticket) -> bool:
    return may(by, "tickets.spam") and may_see(by, ticket)


def may_change_view(by: ActsAsActor, view: View) -> bool:
    """One's own views, and the shared ones with the right to share."""
    if isinstance(by, Person) and view.owner_id == by.pk:
        return True
    return view.owner_id is None and may(by, "views.share")


def may_change_macro(by: ActsAsActor, macro: Macro) -> bool:
    if isinstance(by, Person) and macro.owner_id == by.pk:
        return True
    return macro.owner_id is None and may(by, "macros.share")

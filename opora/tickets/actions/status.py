"""A ticket moves from one status to another."""

from typing import Any

from django.utils.translation import gettext as _

from opora.core import clock
from opora.core.refusals import Conflict, Invalid
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Person
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, touch
from opora.tickets.events import StatusMoved, TicketClosed, TicketReopened, TicketSolved, TicketStatusChanged
from opora.tickets.form_rules import required_fields, rules_of
from opora.tickets.models import Category, Status, Ticket
from opora.tickets.policy import may_edit
from opora.tickets.queries import field_values, form_fields


def change_status(ticket: Ticket, status: Status, *, by: ActsAsActor) -> Ticket:
    """Move the ticket to `status`. It asks for the fields that are required there; nothing leaves closed, or returns to new."""
    with update(by):
        lock_ticket(ticket)
        require(may_edit(by, ticket))
        if ticket.status_id == status.pk:
            return ticket
        if ticket.is_closed:
            raise Conflict(_("This ticket is closed. Create a follow-up instead."))
        if status.category == Category.NEW:
            raise Invalid(_("A ticket cannot become new again. Choose open."), field="status")
        if not ticket.is_solved:
            _require_fields(ticket, Category(min(status.category, Category.SOLVED)), by=by)
        move_status(ticket, status, by=by)
    return ticket


def move_status(ticket: Ticket, status: Status, *, by: ActsAsActor) -> None:
    """Write the new status and its fact; the ticket is locked and the move is allowed."""
    before = ticket.status
    was_solved = ticket.is_solved
    ticket.status, ticket.category = status, status.category
    fields = ["status", "category"]
    if ticket.is_solved != was_solved:
        ticket.solved_at = clock.now() if ticket.is_solved else None
        fields.append("solved_at")
    if (
        status.category == Category.SOLVED
        and ticket.assignee_id is None
        and isinstance(by, Person)
        and by.role_id
    ):
        ticket.assignee = by
        fields.append("assignee")
    touch(ticket, *fields)
    record(_fact(ticket, before, was_solved=was_solved), subject_id=ticket.pk, by=by)


def _fact(ticket: Ticket, before: Status, *, was_solved: bool) -> StatusMoved:
    names: dict[str, Any] = {
        "before": before.word,
        "after": ticket.status.word,
        "before_name": before.name,
        "after_name": ticket.status.name,
        "after_id": ticket.status_id,
    }
    if ticket.category == Category.CLOSED:
        return TicketClosed(**names)
    if ticket.is_solved and not was_solved:
        return TicketSolved(**names, assignee_id=ticket.assignee_id)
    if was_solved and not ticket.is_solved:
        return TicketReopened(**names)
    return TicketStatusChanged(**names)


def _require_fields(ticket: Ticket, category: Category, *, by: ActsAsActor) -> None:
    """Colleagues must fill in what the form requires in the status they choose; rules and imports need not."""
    if not isinstance(by, Person):
        return
    rules = rules_of(ticket.form, "agents")
    if not rules and category < Category.SOLVED:
        return
    fields = form_fields(ticket.form)
    if not rules and not any(field.is_required_to_solve for field in fields):
        return
    values = field_values(ticket)
    required = required_fields(fields, rules, values, status=category.word)
    missing = [field.title for field in fields if field.pk in required and not any(values.get(field.pk, []))]
    if missing:
        solving = category == Category.SOLVED
        sentence = _("Fill in before solving: %(fields)s.") if solving else _("Fill in first: %(fields)s.")
        raise Invalid(sentence % {"fields": ", ".join(missing)}, field="status")

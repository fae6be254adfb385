"""A macro is applied: properties at once, words into the composer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from opora.core import clock
from opora.core.conditions.kinds.values import count
from opora.core.liquid import fill_text
from opora.events.actor import ActsAsActor
from opora.events.recording import update
from opora.people.models import Brand, Group, Person
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.collaborate import add_collaborators
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.status import change_status
from opora.tickets.actions.tag import add_tags, remove_tags, set_tags
from opora.tickets.models import Collaboration, Macro, Priority, Status, Ticket, TicketForm, TicketType
from opora.tickets.placeholders import values_of

Step = Callable[[Ticket, Any, ActsAsActor], object]


def apply_macro(ticket: Ticket, macro: Macro, *, by: ActsAsActor) -> Ticket:
    """Carry out the macro's property changes on the ticket as one update."""
    with update(by):
        for action in macro.actions:
            carry_out(ticket, action["field"], action["value"], by=by)
    return ticket


def carry_out(ticket: Ticket, field: str, value: Any, *, by: ActsAsActor) -> None:
    """Set one property by the name and value that macros, bulk edits and rules use. Unknown names do nothing."""
    if field.startswith("custom_field_"):
        value = fill_text(value, values_of(ticket, by)) if isinstance(value, str) and "{" in value else value
        set_field_values(ticket, {int(field.removeprefix("custom_field_")): value}, by=by)
    elif field in STEPS:
        STEPS[field](ticket, value, by)


def _set_status(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    status = Status.objects.filter(pk=value).first()
    if status:
        change_status(ticket, status, by=by)


def _set_assignee(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    if value == "me" and isinstance(by, Person):
        assign_ticket(ticket, by=by, assignee=by)
    elif value != "me":
        assign_ticket(ticket, by=by, assignee=Person.objects.colleagues().filter(pk=value or 0).first())


def _set_group(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    assign_ticket(ticket, by=by, group=Group.objects.filter(pk=value or 0, deleted_at=None).first())


def _set_priority(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    change_ticket(ticket, by=by, priority=Priority[value.upper()].value if value else None)


def _set_type(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    change_ticket(ticket, by=by, type=TicketType[value.upper()].value if value else None)


def _set_brand(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    brand = Brand.objects.filter(pk=value or 0).first()
    if brand:
        change_ticket(ticket, by=by, brand=brand)


def _set_form(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    change_ticket(ticket, by=by, form=TicketForm.objects.filter(pk=value or 0).first())


def _set_subject(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    change_ticket(ticket, by=by, subject=fill_text(str(value), values_of(ticket, by)))


def _set_due(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    change_ticket(ticket, by=by, due_at=clock.now() + timedelta(hours=count(value)))


def _add_follower(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    add_collaborators(ticket, Person.objects.colleagues().filter(pk=value or 0), kind="follower", by=by)


def _add_cc(ticket: Ticket, value: Any, by: ActsAsActor) -> None:
    people = Person.objects.filter(pk=value or 0, is_active=True)
    add_collaborators(ticket, people, kind=Collaboration.Kind.CC, by=by)


STEPS: dict[str, Step] = {
    "status": _set_status,
    "assignee": _set_assignee,
    "group": _set_group,
    "priority": _set_priority,
    "type": _set_type,
    "tags": lambda ticket, value, by: set_tags(ticket, value, by=by),
    "add_tags": lambda ticket, value, by: add_tags(ticket, value, by=by),
    "remove_tags": lambda ticket, value, by: remove_tags(ticket, value, by=by),
    "brand": _set_brand,
    "form": _set_form,
    "subject": _set_subject,
    "due_in_hours": _set_due,
    "add_follower": _add_follower,
    "add_cc": _add_cc,
}

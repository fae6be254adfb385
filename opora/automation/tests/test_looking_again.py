"""After each step a rule sees the ticket as it is, though only what the step can change was read again."""

import pytest

from opora.automation.actions.fire import fire
from opora.automation.actions.run_triggers import is_update
from opora.automation.rulebook import ready
from opora.core import clock
from opora.events.delivering import fact_of
from opora.people.models import Brand, Group
from opora.tickets.conditions import Case
from opora.tickets.models import Status, Ticket, TicketField, TicketForm
from opora.tickets.snapshot import renewed, snapshot_of
from opora.tickets.steps import step_kinds


def _value(name, cast):
    """A value that differs from what the ticket has, for each step that changes it."""
    known = {
        "status": lambda: str(Status.objects.get(category=2, is_default=True).pk),
        "priority": lambda: "urgent",
        "type": lambda: "incident",
        "group": lambda: str(Group.objects.create(name="Finance").pk),
        "assignee": lambda: str(cast.agent.pk),
        "add_tags": lambda: ["vip", "new"],
        "remove_tags": lambda: ["first"],
        "tags": lambda: ["other"],
        "brand": lambda: str(Brand.objects.create(name="Other", slug="other").pk),
        "form": lambda: str(TicketForm.objects.create(name="Returns").pk),
        "add_follower": lambda: str(cast.lead.pk),
        "add_cc": lambda: str(cast.banker.pk),
        "due_in_hours": lambda: "4",
        "subject": lambda: "Another subject",
        "note": lambda: "A note",
        "reply": lambda: "A reply",
    }
    return known[name]() if name in known else None


NAMES = [
    "status", "priority", "type", "group", "assignee", "add_tags", "remove_tags", "tags", "brand", "form", "add_follower",
    "add_cc", "due_in_hours", "subject", "note", "reply", "custom",
]  # fmt: skip


def test_every_step_that_changes_the_ticket_is_looked_at(cast):
    own = {name for name, kind in step_kinds(for_rules=True).items() if not kind.leaves}
    assert {name for name in own if not name.startswith("custom_field_")} == set(NAMES) - {"custom"}


@pytest.mark.parametrize("name", NAMES)
def test_the_ticket_is_seen_as_it_is_after_each_step(cast, rule, make_ticket, name):
    ticket = make_ticket(tags=["first"], priority=1)
    if name == "custom":
        field = TicketField.objects.create(title="Order", type=TicketField.Type.TEXT)
        step = (f"custom_field_{field.pk}", "A-17")
    else:
        step = (name, _value(name, cast))
    made = rule("Look", [("subject", "is_not", "none")], step, is_active=False)
    before = Case(snapshot_of(ticket), clock.now())
    events = fire(ready(made), ticket, before, cause=None)
    facts = [fact_of(event) for event in events if is_update(event)]
    assert facts
    now = renewed(before.ticket, ticket, facts)
    assert now == snapshot_of(Ticket.objects.get(pk=ticket.pk))

"""Rules that every desk is offered. Those that another part of the desk already does wait switched off, to be looked at.

Replies reach customers by the mail channel, receipts by the mailbox's own switch, and colleagues hear of their tickets
by the notifications they chose: rules are for what is beyond these. Whoever switches “Confirm receipt” on gets one
receipt, not two: a rule's first letter on a new ticket takes the place of the mailbox's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from opora.automation.models import Rule
from opora.tickets.actions.close import DAYS_UNTIL_CLOSED
from opora.tickets.models import Category
from opora.tickets.queries import status_of

TRIGGER, AUTOMATION = Rule.Kind.TRIGGER, Rule.Kind.AUTOMATION
Row = dict[str, Any]


@dataclass(frozen=True)
class Standard:
    """A standard rule. `key` never changes; `words` are title and description, `does` conditions and steps, both in the
    active language. `is_active`: a new desk has it switched on.
    """

    key: str
    kind: Rule.Kind
    words: Callable[[], tuple[str, str]]
    does: Callable[[], tuple[list[Row], list[Row]]]
    is_active: bool = False

    def fields(self) -> Row:
        """Return what `save_rule` takes beside the place and whether it is switched on."""
        (title, description), (conditions, steps) = self.words(), self.does()
        tree = {"all": conditions, "any": []}
        return {
            "kind": self.kind,
            "title": title,
            "description": description,
            "conditions": tree,
            "steps": steps,
        }


def _receipt() -> tuple[list[Row], list[Row]]:
    text = _(
        "Hello {{ticket.requester.first_name}},\n\nwe have received your message; its number is #{{ticket.id}}. "
        "A person will answer you here.\n\n{{ticket.brand.name}}"
    )
    asked = [_is("update_type", "create"), _is("role", "customer"), _is("comment", "public")]
    return asked, [_letter("mail_requester", text)]


def _reopened() -> tuple[list[Row], list[Row]]:
    asked: list[Row] = [
        {"field": "status", "operator": "value_previous", "value": "solved"},
        {"field": "reopens", "operator": "greater_than_equal", "value": 2},
        {"field": "priority", "operator": "is_not", "value": "urgent"},
    ]
    return asked, [
        _set("priority", "urgent"),
        _set("add_tags", ["reopened_again"]),
        _set("tell_assignee", ""),
    ]


def _close() -> tuple[list[Row], list[Row]]:
    return [_hours("hours_solved", 24 * DAYS_UNTIL_CLOSED)], [_to(Category.CLOSED)]


def _remind() -> tuple[list[Row], list[Row]]:
    """One reminder, forgotten when the customer answers; the ticket is solved when nobody does (S12)."""
    text = _(
        "Hello {{ticket.requester.first_name}},\n\nwe are still waiting for your answer on “{{ticket.title}}”. "
        "Just reply to this mail, and we will go on.\n\n{{ticket.brand.name}}"
    )
    asked = [_hours("hours_pending", 72), _tags("not_includes", "reminded")]
    return asked, [_set("add_tags", ["reminded"]), _letter("mail_requester", text)]


def _answered() -> tuple[list[Row], list[Row]]:
    asked = [_is("comment", "public"), _is("role", "customer"), _tags("includes", "reminded")]
    return asked, [_set("remove_tags", ["reminded"])]


def _unanswered() -> tuple[list[Row], list[Row]]:
    note = _("The customer did not answer the reminder.")
    asked = [_hours("hours_pending", 168), _tags("includes", "reminded")]
    return asked, [_set("note", note), _set("remove_tags", ["reminded"]), _to(Category.SOLVED)]


def _chaser() -> tuple[list[Row], list[Row]]:
    asked = [
        _is("update_type", "change"),
        _is("role", "customer"),
        _is("comment", "public"),
        {"field": "replies", "operator": "is", "value": 0},
        {"field": "priority", "operator": "less_than", "value": "high"},
    ]
    return asked, [_set("priority", "high"), _set("add_tags", ["asked_again"]), _set("tell_assignee", "")]


def _broken() -> tuple[list[Row], list[Row]]:
    asked = [
        _is("promise_broken", "true"),
        _hours("hours_created", 0),
        _tags("not_includes", "promise_broken"),
    ]
    return asked, [_set("add_tags", ["promise_broken"]), _set("tell_assignee", "")]


STANDARD = (
    Standard("confirm_receipt", TRIGGER, lambda: (
        _("Confirm receipt"),
        _("A customer’s new ticket is acknowledged. Takes the place of the mailbox’s own receipt."),
    ), _receipt),
    Standard("reopened_again", TRIGGER, lambda: (
        _("Reopened again and again"),
        _("A ticket that was reopened twice becomes urgent, and its assignee is told."),
    ), _reopened, is_active=True),
    Standard("close_solved", AUTOMATION, lambda: (
        _("Close solved tickets after %(days)s days") % {"days": DAYS_UNTIL_CLOSED},
        _("What the customer writes later makes a follow-up."),
    ), _close, is_active=True),
    Standard("remind_customer", AUTOMATION, lambda: (
        _("Remind the customer after three days"),
        _("A ticket that waits for the customer’s answer gets one friendly reminder."),
    ), _remind),
    Standard("reminded_answered", TRIGGER, lambda: (
        _("The reminded customer has answered"),
        _("Whoever answers can be reminded again when the ticket waits for them the next time."),
    ), _answered, is_active=True),
    Standard("solve_unanswered", AUTOMATION, lambda: (
        _("Solve what stays unanswered after the reminder"),
        _("A week without an answer, the reminder included: solved. An answer reopens it."),
    ), _unanswered),
    Standard("asked_again", TRIGGER, lambda: (
        _("The customer asks again before we answered"),
        _("Whoever writes a second time without an answer is heard sooner: high priority, and the assignee is told."),
    ), _chaser),
    Standard("promise_broken", AUTOMATION, lambda: (
        _("Mark tickets with a broken promise"),
        _("The tag makes them easy to find, and the assignee is told."),
    ), _broken),
)  # fmt: skip
"""In the order in which a new desk has them; later versions add at the end."""


def _is(field: str, value: str) -> Row:
    return {"field": field, "operator": "is", "value": value}


def _hours(field: str, hours: int) -> Row:
    return {"field": field, "operator": "greater_than", "value": hours}


def _tags(operator: str, *tags: str) -> Row:
    return {"field": "tags", "operator": operator, "value": list(tags)}


def _set(step: str, value: Any) -> Row:
    return {"field": step, "value": value}


def _letter(step: str, text: str) -> Row:
    return {"field": step, "value": {"subject": "", "text": text}}


def _to(category: Category) -> Row:
    return {"field": "status", "value": str(status_of(category).pk)}

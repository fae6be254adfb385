"""Rules that a desk starts with. Those that another part of the desk already does wait switched off, to be looked at.

Replies reach customers by the mail channel, receipts by the mailbox's own switch, and colleagues hear of their tickets
by the notifications they chose: rules are for what is beyond these. Whoever switches “Confirm receipt” on gets one
receipt, not two: a rule's first letter on a new ticket takes the place of the mailbox's.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from opora.automation.actions.save_rule import save_rule
from opora.automation.models import Rule
from opora.events.actor import SYSTEM
from opora.events.recording import update
from opora.tickets.actions.close import DAYS_UNTIL_CLOSED
from opora.tickets.models import Category
from opora.tickets.queries import status_of

TRIGGER, AUTOMATION = Rule.Kind.TRIGGER, Rule.Kind.AUTOMATION


def create_standard_rules(locale: str) -> list[Rule]:
    """Make the rules of a new desk, in its language."""
    with translation.override(locale), update(SYSTEM, via="setup"):
        return [save_rule(by=SYSTEM, position=place, **row) for place, row in enumerate(_standard())]


def _standard() -> list[dict[str, Any]]:
    return [
        {
            "kind": TRIGGER,
            "title": _("Confirm receipt"),
            "description": _(
                "A customer’s new ticket is acknowledged. Takes the place of the mailbox’s own receipt."
            ),
            "conditions": _all(
                _is("update_type", "create"), _is("role", "customer"), _is("comment", "public")
            ),
            "steps": [_letter("mail_requester", _receipt())],
            "is_active": False,
        },
        {
            "kind": TRIGGER,
            "title": _("Reopened again and again"),
            "description": _("A ticket that was reopened twice becomes urgent, and its assignee is told."),
            "conditions": _all(
                {"field": "status", "operator": "value_previous", "value": "solved"},
                {"field": "reopens", "operator": "greater_than_equal", "value": 2},
                {"field": "priority", "operator": "is_not", "value": "urgent"},
            ),
            "steps": [
                {"field": "priority", "value": "urgent"},
                {"field": "add_tags", "value": ["reopened_again"]},
                {"field": "tell_assignee", "value": ""},
            ],
            "is_active": True,
        },
        {
            "kind": AUTOMATION,
            "title": _("Close solved tickets after %(days)s days") % {"days": DAYS_UNTIL_CLOSED},
            "description": _("What the customer writes later makes a follow-up."),
            "conditions": _all(_hours("hours_solved", 24 * DAYS_UNTIL_CLOSED)),
            "steps": [{"field": "status", "value": str(status_of(Category.CLOSED).pk)}],
            "is_active": True,
        },
        *_reminders(),
    ]


def _reminders() -> list[dict[str, Any]]:
    """One reminder, forgotten when the customer answers; the ticket is solved when nobody does (S12)."""
    return [
        {
            "kind": AUTOMATION,
            "title": _("Remind the customer after three days"),
            "description": _("A ticket that waits for the customer’s answer gets one friendly reminder."),
            "conditions": _all(
                _hours("hours_pending", 72),
                {"field": "tags", "operator": "not_includes", "value": ["reminded"]},
            ),
            "steps": [{"field": "add_tags", "value": ["reminded"]}, _letter("mail_requester", _reminder())],
            "is_active": False,
        },
        {
            "kind": TRIGGER,
            "title": _("The reminded customer has answered"),
            "description": _(
                "Whoever answers can be reminded again when the ticket waits for them the next time."
            ),
            "conditions": _all(
                _is("comment", "public"),
                _is("role", "customer"),
                {"field": "tags", "operator": "includes", "value": ["reminded"]},
            ),
            "steps": [{"field": "remove_tags", "value": ["reminded"]}],
            "is_active": True,
        },
        {
            "kind": AUTOMATION,
            "title": _("Solve what stays unanswered after the reminder"),
            "description": _(
                "A week without an answer, the reminder included: solved. An answer reopens it."
            ),
            "conditions": _all(
                _hours("hours_pending", 168),
                {"field": "tags", "operator": "includes", "value": ["reminded"]},
            ),
            "steps": [
                {"field": "note", "value": _("The customer did not answer the reminder.")},
                {"field": "remove_tags", "value": ["reminded"]},
                {"field": "status", "value": str(status_of(Category.SOLVED).pk)},
            ],
            "is_active": False,
        },
    ]


def _all(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"all": list(rows), "any": []}


def _is(field: str, value: str) -> dict[str, Any]:
    return {"field": field, "operator": "is", "value": value}


def _hours(field: str, hours: int) -> dict[str, Any]:
    return {"field": field, "operator": "greater_than", "value": hours}


def _letter(step: str, text: str) -> dict[str, Any]:
    return {"field": step, "value": {"subject": "", "text": text}}


def _receipt() -> str:
    return _(
        "Hello {{ticket.requester.first_name}},\n\nwe have received your message; its number is #{{ticket.id}}. "
        "A person will answer you here.\n\n{{ticket.brand.name}}"
    )


def _reminder() -> str:
    return _(
        "Hello {{ticket.requester.first_name}},\n\nwe are still waiting for your answer on “{{ticket.title}}”. "
        "Just reply to this mail, and we will go on.\n\n{{ticket.brand.name}}"
    )

"""What macros can do, as editors of other programs ask: definitions, actions, and a draft to begin with."""

from opora.api.nouns.macros import MACROS
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.routing import operation
from opora.api.writes.tickets import ticket_to_change
from opora.core.conditions.field import Choices
from opora.people.models import Group
from opora.tickets.models import Category, Priority, TicketField, TicketType

Action = tuple[str, str, str, Choices]
_SET = [("is", "Set to")]


def _actions() -> list[Action]:
    """Each action as (name, title, kind of value, choices)."""
    statuses = [
        (member.word, str(member.label)) for member in (Category.OPEN, Category.PENDING, Category.SOLVED)
    ]
    groups = [(str(row.pk), row.name) for row in Group.objects.filter(deleted_at=None)]
    fields = TicketField.objects.filter(is_active=True)
    return [
        ("status", "Status", "list", statuses),
        ("priority", "Priority", "list", [(member.word, str(member.label)) for member in Priority]),
        ("type", "Type", "list", [(member.word, str(member.label)) for member in TicketType]),
        ("group_id", "Group", "list", groups),
        ("assignee_id", "Assignee", "list", [("current_user", "(current user)")]),
        ("set_tags", "Set tags", "text", []),
        ("current_tags", "Add tags", "text", []),
        ("remove_tags", "Remove tags", "text", []),
        ("comment_value", "Comment/description", "text", []),
        ("comment_value_html", "Rich comment/description", "text", []),
        ("comment_mode_is_public", "Comment mode", "list", [("true", "Public"), ("false", "Private")]),
        *((f"custom_fields_{row.pk}", row.title, "list" if row.options else "text", row.choices) for row in fields),
    ]  # fmt: skip


@operation("GET", "macros/definitions")
def macro_definitions(call: Call) -> Json:
    """List what macros can do, as definitions."""
    shown = [
        {
            "title": title,
            "subject": name,
            "type": kind,
            "group": "ticket",
            "nullable": False,
            "repeatable": False,
            "values": [{"value": word, "title": label, "enabled": True} for word, label in choices],
        }
        for name, title, kind, choices in _actions()
    ]
    return {"definitions": {"actions": shown}}


@operation("GET", "macros/actions")
def macro_actions(call: Call) -> Json:
    """List what macros can do, as actions."""
    shown = [
        {
            "value": name,
            "field": name,
            "title": title,
            "title_for_field": title,
            "group": "ticket",
            "output_key": None,
            "repeatable": False,
            "operators": [{"value": word, "title": label} for word, label in _SET],
            "values": {
                "type": kind,
                "list": [{"value": word, "title": label, "enabled": True} for word, label in choices],
            },
        }
        for name, title, kind, choices in _actions()
    ]
    return {"actions": shown}


@operation("GET", "macros/new")
def macro_draft(call: Call) -> Json:
    """Show a macro that does what `macro_id` does, or that makes tickets what `ticket_id` is; nothing is saved."""
    macro_id, ticket_id = call.number("macro_id"), call.number("ticket_id")
    if macro_id:
        macro = MACROS.present(call, [MACROS.find(call, macro_id).pk])[0]
        return {"macro": {name: macro[name] for name in ("title", "description", "actions", "restriction")}}
    if not ticket_id:
        return {"macro": {"title": "", "description": None, "actions": [], "restriction": None}}
    ticket = ticket_to_change(ticket_id, by=call.person)
    said = {
        "status": ticket.status.word,
        "priority": Priority(ticket.priority).word if ticket.priority else "",
    }
    actions = [{"field": name, "value": word} for name, word in said.items() if word]
    return {"macro": {"title": ticket.subject, "description": None, "actions": actions, "restriction": None}}


@operation("GET", "macros/{macro_id}/attachments")
def macro_attachments(call: Call, macro_id: int) -> Json:
    """List the files of a macro; macros here carry none."""
    MACROS.find(call, macro_id)
    return {"macro_attachments": [], "count": 0, "next_page": None, "previous_page": None}

"""Which fields the search box knows, and what stands behind them."""

from opora.people.models import Brand, Group, Organization
from opora.search.language.syntax import Field, Fields, Value

DATES = {"created": "created_at", "updated": "updated_at", "solved": "solved_at", "due_date": "due_at"}
PEOPLE = ("assignee", "requester", "submitter", "cc", "follower", "commenter")
ROWS = {"group": Group, "brand": Brand, "organization": Organization}
PLAIN = (
    "tags", "via", "form", "is", "external_id", "has", "has_attachment", "recipient", "satisfaction", "fieldvalue", "language",
)  # fmt: skip
ORDERS = {
    "created": "created_at", "created_at": "created_at", "updated": "updated_at", "updated_at": "updated_at",
    "priority": "priority", "status": "category", "ticket_type": "type",
}  # fmt: skip

FIELDS = Fields(
    known={
        **{name: Field(name, date=True, ordered=True) for name in DATES},
        **{name: Field(name) for name in (*PEOPLE, *ROWS, *PLAIN)},
        **{f"{name}_id": Field(name) for name in (*PEOPLE[:3], *ROWS, "form")},
        **{name: Field(name, ordered=True) for name in ("status", "priority", "ticket_type", "id")},
        "tag": Field("tags"),
        "ticket_id": Field("id", ordered=True),
        "ticket_form_id": Field("form"),
        "comment": Field("comment", text="body"),
        "channel": Field("via"),
        "order": Field("external_id"),
        "subject": Field("subject", text="title"),
        "description": Field("description", text="body"),
        "created_at": Field("created", date=True, ordered=True),
        "updated_at": Field("updated", date=True, ordered=True),
        "solved_at": Field("solved", date=True, ordered=True),
    },
    prefixes=("custom_field_",),
    types=frozenset({"ticket", "question", "incident", "problem", "task"}),
    orders=frozenset(ORDERS),
)


def is_meant(choice: str, value: Value) -> bool:
    """Whether the value that was typed means this choice."""
    wanted = value.text.lower()
    return choice.lower().startswith(wanted) if value.wildcard else choice.lower() == wanted


def is_number(text: str) -> bool:
    """Whether the text is a number that databases compare."""
    try:
        float(text)
    except ValueError:
        return False
    return "n" not in text.lower()

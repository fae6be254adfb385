"""All fields that conditions on tickets can ask about: the fixed ones, those of other rooms, and the desk's own."""

from collections.abc import Iterator
from functools import cached_property

from opora.core.conditions.field import ConditionField
from opora.tickets.conditions.fields import FIXED_FIELDS
from opora.tickets.conditions.fields.custom import field_of
from opora.tickets.models import TicketField

CUSTOM = "custom_field_"
_known: dict[str, ConditionField] = {field.name: field for field in FIXED_FIELDS}

SYNONYMS = {
    "assignee_id": "assignee", "group_id": "group", "requester_id": "requester", "brand_id": "brand",
    "organization_id": "organization", "ticket_form_id": "form", "current_tags": "tags", "custom_status_id": "custom_status",
    "via_id": "channel", "subject_includes_word": "subject", "comment_includes_word": "comment_text", "recipient": "received_at",
    "locale_id": "requester_language", "NEW": "hours_new", "OPEN": "hours_open",
    "PENDING": "hours_pending", "HOLD": "hours_hold", "SOLVED": "hours_solved", "CLOSED": "hours_closed",
    "created_at": "hours_created", "updated_at": "hours_updated", "assigned_at": "hours_assigned",
    "requester_updated_at": "hours_customer", "assignee_updated_at": "hours_agent", "due_at": "due_date",
    "until_due_date": "hours_until_due", "sla_next_breach_at": "hours_since_breach",
    "until_sla_next_breach_at": "hours_until_breach", "satisfaction_score": "satisfaction",
    "description_includes_word": "description", "ticket_is_public": "visibility", "current_via_id": "update_via",
}  # fmt: skip
"""Names of the Zendesk API for the same fields; a tree may use either, and is kept with ours."""


class TicketFields:
    """The fields by name. The desk's own are read when one is first asked for, in one query."""

    def get(self, name: str) -> ConditionField | None:
        """Return the field of this name, or of this synonym; None if there is none."""
        name = SYNONYMS.get(name, name).replace("custom_fields_", CUSTOM, 1)
        return self.custom.get(name) if name.startswith(CUSTOM) else _known.get(name)

    def __iter__(self) -> Iterator[str]:
        return iter((*_known, *self.custom))

    def values(self) -> list[ConditionField]:
        return [*_known.values(), *self.custom.values()]

    @cached_property
    def custom(self) -> dict[str, ConditionField]:
        rows = TicketField.objects.filter(is_active=True)
        return {made.name: made for made in map(field_of, rows)}


def condition_fields() -> TicketFields:
    """Return the fields as they are now. Hold on to it to read many trees with one look at the desk's own fields."""
    return TicketFields()


def register_field(field: ConditionField) -> ConditionField:
    """Let conditions ask about a property that another room knows, such as the next breach of a promise.

    To be called once, when the room's app is ready. Raises `ValueError` for a name that is taken.
    """
    if field.name in _known or field.name.startswith(CUSTOM):
        raise ValueError(f"The condition field {field.name!r} is taken.")
    _known[field.name] = field
    return field

"""Ticket fields: the properties that every ticket has, under fixed numbers, and the desk's own fields."""

from collections.abc import Sequence
from dataclasses import dataclass

from opora.api.actions.keep_attributes import kept_attributes
from opora.api.nouns.custom_statuses import CUSTOM_STATUSES
from opora.api.nouns.locales import spoken_by
from opora.api.nouns.options import Numbers, kept_numbers, options_json
from opora.api.wire.bodies import Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.stamps import Stamps, stamps_of
from opora.api.wire.times import stamp
from opora.tickets.dynamic_content import in_language
from opora.tickets.models import Category, Status, TicketField

FIRST_SYSTEM_ID = 1_000_000_000
"""System fields are numbered from here; no desk defines as many fields of its own."""


KEPT = ("agent_description",)
"""What the desk keeps for programs alone: its fields have one description."""


@dataclass(frozen=True)
class SystemField:
    """A property of every ticket, as a field of the wire."""

    type: str
    title: str
    options: tuple[tuple[str, str], ...] = ()


_WORDS = {
    "status": (("Open", "open"), ("Pending", "pending"), ("On-hold", "hold"), ("Solved", "solved")),
    "type": (("Question", "question"), ("Incident", "incident"), ("Problem", "problem"), ("Task", "task")),
    "priority": (("Low", "low"), ("Normal", "normal"), ("High", "high"), ("Urgent", "urgent")),
}
SYSTEM_FIELDS = {
    FIRST_SYSTEM_ID + place: field
    for place, field in enumerate(
        [
            SystemField("subject", "Subject"),
            SystemField("description", "Description"),
            SystemField("status", "Status", _WORDS["status"]),
            SystemField("tickettype", "Type", _WORDS["type"]),
            SystemField("priority", "Priority", _WORDS["priority"]),
            SystemField("group", "Group"),
            SystemField("assignee", "Assignee"),
            SystemField("custom_status", "Ticket status"),
        ],
        start=1,
    )
}


def all_field_ids(call: Call) -> list[int]:
    """Return the numbers of every field, the desk's own last."""
    return [*SYSTEM_FIELDS, *TicketField.objects.values_list("pk", flat=True)]


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    own = [pk for pk in ids if pk not in SYSTEM_FIELDS]
    rows = TicketField.objects.in_bulk(own)
    times = stamps_of(call, "ticket_field", own or [0])
    opened = next(iter(times.values()))
    kept = kept_attributes("ticket_field", own) if own else {}
    choices = [pk for pk, row in rows.items() if row.options]
    numbers = kept_numbers("ticket_field", choices) if choices else {}
    return [
        _system(call, pk, opened)
        if pk in SYSTEM_FIELDS
        else _custom(call, rows[pk], times[pk], numbers.get(pk, {})) | kept.get(pk, {})
        for pk in ids
        if pk in SYSTEM_FIELDS or pk in rows
    ]


def _common(call: Call, pk: int, kind: str, title: str, times: Stamps) -> Json:
    return {
        "url": call.url(f"ticket_fields/{pk}"),
        "id": pk,
        "type": kind,
        "title": title,
        "raw_title": title,
        "description": "",
        "raw_description": "",
        "position": 0,
        "active": True,
        "required": False,
        "collapsed_for_agents": False,
        "regexp_for_validation": None,
        "title_in_portal": title,
        "raw_title_in_portal": title,
        "visible_in_portal": True,
        "editable_in_portal": True,
        "required_in_portal": False,
        "agent_can_edit": True,
        "tag": None,
        "created_at": stamp(times[0]),
        "updated_at": stamp(times[1]),
        "removable": False,
        "key": None,
        "agent_description": None,
    }


def _system(call: Call, pk: int, times: Stamps) -> Json:
    field = SYSTEM_FIELDS[pk]
    shown = _common(call, pk, field.type, field.title, times) | {"position": pk - FIRST_SYSTEM_ID}
    if field.options:
        shown["system_field_options"] = [{"name": name, "value": value} for name, value in field.options]
        shown["sub_type_id"] = 0
    if field.type == "custom_status":
        shown["custom_statuses"] = _statuses(call)
    return shown


def _statuses(call: Call) -> list[Json]:
    rows = Status.objects.filter(is_active=True, category__lt=Category.CLOSED).values_list("pk", flat=True)
    return CUSTOM_STATUSES.present(call, list(rows))


def _custom(call: Call, field: TicketField, times: Stamps, numbers: Numbers) -> Json:
    shown = _common(call, field.pk, field.type, field.title, times) | {
        "description": field.description,
        "raw_description": field.description,
        "position": field.position,
        "active": field.is_active,
        "required": field.is_required_to_solve,
        "regexp_for_validation": field.pattern or None,
        "visible_in_portal": field.is_shown_to_customers,
        "editable_in_portal": field.is_editable_by_customers,
        "title_in_portal": in_language(field.title_for_customers, spoken_by(call)),
        "raw_title_in_portal": field.title_for_customers,
        "collapsed_for_agents": field.is_collapsed,
        "tag": field.tag or None,
        "required_in_portal": field.is_required_of_customers,
        "removable": True,
        "key": field.key,
        "agent_description": field.description or None,
    }
    if field.options:
        shown["custom_field_options"] = field_options(call, field, numbers)
    return shown


def field_options(call: Call, field: TicketField, numbers: Numbers) -> list[Json]:
    """Return the options of a choice, in their order."""
    return [
        {
            "url": call.url(f"ticket_fields/{field.pk}/options/{option['id']}"),
            **option,
            "default": False,
        }
        for option in options_json(field.pk, field.options, numbers)
    ]


TICKET_FIELDS = Noun(
    "ticket_field", "ticket_fields", "ticket_fields", lambda call: TicketField.objects.all(), _present,
    orders={"position": "position", "id": "id"},
)  # fmt: skip

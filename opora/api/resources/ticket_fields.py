"""Ticket fields with their options."""

from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.options import keep_numbers
from opora.api.nouns.ticket_fields import (
    KEPT,
    SYSTEM_FIELDS,
    TICKET_FIELDS,
    all_field_ids,
)
from opora.api.wire.answers import NOTHING, Answer, changed, created, one_of
from opora.api.wire.bodies import (
    ANY,
    FLAG,
    IDS,
    OBJECTS,
    TEXT,
    WHOLE,
    Body,
    Json,
    require_text,
    text,
    unwrap,
)
from opora.api.wire.call import Call
from opora.api.wire.offers import counted
from opora.api.wire.paging import list_of_ids
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.api.writes.field_options import field_named, own_option
from opora.tickets.actions.remove_configuration import remove_field
from opora.tickets.actions.save_field import save_field
from opora.tickets.models import TicketField

FIELD = Body(
    "ticket_field",
    {
        "title": text(120), "raw_title": text(120), "type": TEXT, "description": TEXT, "raw_description": TEXT,
        "agent_description": TEXT, "active": FLAG, "required": FLAG, "position": WHOLE, "regexp_for_validation": TEXT,
        "visible_in_portal": FLAG, "required_in_portal": FLAG, "custom_field_options": OBJECTS, "key": ANY,
        "title_in_portal": TEXT, "collapsed_for_agents": FLAG, "editable_in_portal": FLAG, "tag": TEXT, "removable": ANY,
    },
    ("title", "type"),
)  # fmt: skip
MOST_POSITION = 32_000


@operation("GET", "ticket_fields")
def list_fields(call: Call) -> Json:
    """List ticket fields: those of every ticket, and the desk's own."""
    return list_of_ids(call, TICKET_FIELDS, all_field_ids(call))


@operation("GET", "ticket_fields/count")
def count_fields(call: Call) -> Json:
    """Count ticket fields."""
    return counted(len(all_field_ids(call)))


@operation("GET", "ticket_fields/{field_id}")
def show_field(call: Call, field_id: int) -> Json:
    """Show one ticket field."""
    return one_of(call, TICKET_FIELDS, field_id if field_id in SYSTEM_FIELDS else field_named(field_id).pk)


@operation("POST", "ticket_fields", takes=FIELD)
def create_field(call: Call) -> Answer:
    """Create a ticket field."""
    given = call.read(FIELD)
    given["title"] = given.get("title") or given.get("raw_title")
    require_text(given, "title")
    kind = given.get("type")
    if kind not in TicketField.Type.values:
        raise invalid_record("type", f"{kind} is not supported")
    field = save_field(by=call.person, **{"position": 9999, "type": kind, **_field_columns(given)})
    keep_attributes("ticket_field", field.pk, given, KEPT)
    return created(call, TICKET_FIELDS, field.pk)


@operation("PUT", "ticket_fields/{field_id}", takes=FIELD)
def update_field(call: Call, field_id: int) -> Any:
    """Update a ticket field; its type stays."""
    field, given = field_named(field_id), call.read(FIELD)
    keep_numbers("ticket_field", field.pk, field.options, given.get("custom_field_options") or [])
    save_field(field, by=call.person, **_field_columns(given))
    keep_attributes("ticket_field", field.pk, given, KEPT)
    return changed(call, TICKET_FIELDS, field.pk)


@operation("DELETE", "ticket_fields/{field_id}")
def delete_field(call: Call, field_id: int) -> Answer:
    """Remove a ticket field, with its values."""
    remove_field(field_named(field_id), by=call.person)
    return NOTHING


def _field_columns(given: Json) -> Json:
    names = {
        "title": "title", "agent_description": "description", "description": "description", "active": "is_active",
        "required": "is_required_to_solve", "position": "position", "regexp_for_validation": "pattern",
        "visible_in_portal": "is_shown_to_customers", "required_in_portal": "is_required_of_customers",
        "editable_in_portal": "is_editable_by_customers", "collapsed_for_agents": "is_collapsed",
        "title_in_portal": "customer_title", "tag": "tag",
    }  # fmt: skip
    found: Json = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], MOST_POSITION))
    if given.get("custom_field_options") is not None:
        found["options"] = [
            option for option in map(own_option, given["custom_field_options"]) if option["name"]
        ]
    return found


@operation("PUT", "ticket_fields/reorder")
def reorder_ticket_fields(call: Call) -> Answer:
    """Put the desk's own ticket fields in this order."""
    ids = IDS.read("ticket_field_ids", unwrap(call.body, "ticket_field_ids"))
    rows = TicketField.objects.in_bulk(ids)
    for place, pk in enumerate(pk for pk in dict.fromkeys(ids) if pk in rows):
        save_field(rows[pk], by=call.person, position=place)
    return Answer({})

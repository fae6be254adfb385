"""Options of choices among ticket fields."""

from opora.api.nouns.options import Numbers, keep_numbers, kept_numbers
from opora.api.nouns.ticket_fields import field_options
from opora.api.wire.answers import NOTHING, Answer
from opora.api.wire.bodies import TEXT, WHOLE, Body, Json, require_text
from opora.api.wire.call import Call
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.writes.field_options import choice_named, own_option
from opora.tickets.actions.save_field import save_field
from opora.tickets.models import TicketField

OPTION = Body(
    "custom_field_option", {"id": WHOLE, "name": TEXT, "value": TEXT, "position": WHOLE}, ("name", "value")
)


@operation("GET", "ticket_fields/{field_id}/options")
def list_options(call: Call, field_id: int) -> Json:
    """List the options of a choice."""
    shown = _shown(call, choice_named(field_id))
    return {"custom_field_options": shown, "count": len(shown), "next_page": None, "previous_page": None}


@operation("POST", "ticket_fields/{field_id}/options", takes=OPTION)
def save_option(call: Call, field_id: int) -> Answer:
    """Add an option to a choice, at `position` or the end, or change the one of this id."""
    field, given = choice_named(field_id), call.read(OPTION)
    option, number = own_option(given), given.get("id")
    require_text(option, "name")
    options = [dict(one) for one in field.options]
    at = _place(call, field, number) if number else len(options)
    before = options[at : at + 1]
    options[at : at + 1] = []
    to = at if given.get("position") is None else max(0, min(given["position"], len(options)))
    options.insert(to, option)
    keep_numbers("ticket_field", field.pk, before, [{**option, "id": number}])
    save_field(field, by=call.person, options=options)
    return Answer({"custom_field_option": _shown(call, field)[to]}, 200 if number else 201)


@operation("GET", "ticket_fields/{field_id}/options/{option_number}")
def show_option(call: Call, field_id: int, option_number: int) -> Json:
    """Show one option of a choice."""
    field = choice_named(field_id)
    return {"custom_field_option": _shown(call, field)[_place(call, field, option_number)]}


@operation("DELETE", "ticket_fields/{field_id}/options/{option_number}")
def delete_option(call: Call, field_id: int, option_number: int) -> Answer:
    """Remove an option of a choice."""
    field = choice_named(field_id)
    place = _place(call, field, option_number)
    save_field(field, by=call.person, options=[one for at, one in enumerate(field.options) if at != place])
    return NOTHING


def _shown(call: Call, field: TicketField) -> list[Json]:
    numbers: Numbers = kept_numbers("ticket_field", [field.pk]).get(field.pk, {})
    return field_options(call, field, numbers)


def _place(call: Call, field: TicketField, number: int) -> int:
    for place, option in enumerate(_shown(call, field)):
        if option["id"] == number:
            return place
    raise not_found()

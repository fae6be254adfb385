"""Ticket forms."""

from typing import Any

from opora.api.nouns.form_conditions import read_conditions
from opora.api.nouns.ticket_forms import TICKET_FORMS
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import FLAG, IDS, OBJECTS, WHOLE, Body, Json, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_one, offer_show_many
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.people.models import Brand
from opora.tickets.actions.remove_configuration import remove_form
from opora.tickets.actions.save_form import save_form
from opora.tickets.form_rules import Audience
from opora.tickets.models import TicketField, TicketForm

MOST_POSITION = 32_000
_CONDITIONS: tuple[tuple[str, str, Audience], ...] = (
    ("agent_conditions", "agent_rules", "agents"), ("end_user_conditions", "customer_rules", "customers"),
)  # fmt: skip
FORM = Body(
    "ticket_form",
    {
        "name": text(120), "raw_name": text(120), "display_name": text(120), "active": FLAG, "default": FLAG,
        "end_user_visible": FLAG, "position": WHOLE, "ticket_field_ids": IDS, "in_all_brands": FLAG,
        "restricted_brand_ids": IDS, "agent_conditions": OBJECTS, "end_user_conditions": OBJECTS,
    },
    ("name",),
)  # fmt: skip


@operation("GET", "ticket_forms")
def list_forms(call: Call) -> Json:
    """List ticket forms; `active` and `end_user_visible` choose among them."""
    rows = TicketForm.objects.all()
    if call.param("active"):
        rows = rows.filter(is_active=call.param("active") == "true")
    if call.param("end_user_visible"):
        rows = rows.filter(is_shown_to_customers=call.param("end_user_visible") == "true")
    return list_of(call, TICKET_FORMS, rows)


offer_one(TICKET_FORMS)
offer_show_many(TICKET_FORMS)


@operation("POST", "ticket_forms", takes=FORM)
def create_form(call: Call) -> Answer:
    """Create a ticket form."""
    given = call.read(FORM)
    given["name"] = given.get("name") or given.get("raw_name")
    require_text(given, "name")
    form = save_form(
        by=call.person, ticket_fields=_fields_of(given), brands=_brands_of(given), **_form_columns(given)
    )
    return created(call, TICKET_FORMS, form.pk)


@operation("PUT", "ticket_forms/{ticket_form_id}", takes=FORM)
def update_form(call: Call, ticket_form_id: int) -> Any:
    """Update a ticket form."""
    form, given = TICKET_FORMS.find(call, ticket_form_id), call.read(FORM)
    save_form(
        form,
        by=call.person,
        ticket_fields=_fields_of(given),
        brands=_brands_of(given),
        **_form_columns(given),
    )
    return changed(call, TICKET_FORMS, form.pk)


@operation("POST", "ticket_forms/{ticket_form_id}/clone")
def clone_form(call: Call, ticket_form_id: int) -> Answer:
    """Make a copy of a ticket form, out of use until somebody wants it."""
    form: TicketForm = TICKET_FORMS.find(call, ticket_form_id)
    fields = [place.field for place in form.places.select_related("field")]
    taken = set(TicketForm.objects.filter(name__startswith=form.name[:100]).values_list("name", flat=True))
    name = next(
        name
        for name in (f"{form.name[:100]} (copy {n})" for n in range(1, MOST_POSITION))
        if name not in taken
    )
    made = save_form(
        by=call.person,
        name=name,
        is_active=False,
        ticket_fields=fields,
        customer_name=form.customer_name,
        is_shown_to_customers=form.is_shown_to_customers,
        agent_rules=form.agent_rules,
        customer_rules=form.customer_rules,
        brands=list(form.brands.all()),
    )
    return created(call, TICKET_FORMS, made.pk)


@operation("DELETE", "ticket_forms/{ticket_form_id}")
def delete_form(call: Call, ticket_form_id: int) -> Answer:
    """Remove a ticket form."""
    remove_form(TICKET_FORMS.find(call, ticket_form_id), by=call.person)
    return NOTHING


def _fields_of(given: Json) -> list[TicketField] | None:
    if given.get("ticket_field_ids") is None:
        return None
    rows = TicketField.objects.in_bulk(given["ticket_field_ids"])
    return [rows[pk] for pk in dict.fromkeys(given["ticket_field_ids"]) if pk in rows]


def _brands_of(given: Json) -> list[Brand] | None:
    """The brands that a form is restricted to. Raises 422 for one that is not there."""
    if given.get("in_all_brands"):
        return []
    if given.get("restricted_brand_ids") is None:
        return None
    wanted = set(given["restricted_brand_ids"])
    found = list(Brand.objects.filter(pk__in=wanted))
    if len(found) < len(wanted):
        raise invalid_record("restricted_brand_ids", "is invalid")
    return found


def _form_columns(given: Json) -> Json:
    names = {
        "name": "name", "display_name": "customer_name", "active": "is_active",
        "end_user_visible": "is_shown_to_customers", "position": "position",
    }  # fmt: skip
    found: Json = {own: given[name] for name, own in names.items() if given.get(name) is not None}
    if "position" in found:
        found["position"] = max(0, min(found["position"], MOST_POSITION))
    for name, own, audience in _CONDITIONS:
        if given.get(name) is not None:
            found[own] = read_conditions(name, given[name], audience)
    return found | ({"is_default": True} if given.get("default") else {})

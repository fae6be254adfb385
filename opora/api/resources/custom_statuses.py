"""Statuses of tickets: the standard ones of the categories, and the desk's own."""

from typing import Any

from opora.api.actions.keep_attributes import keep_attributes
from opora.api.nouns.custom_statuses import CUSTOM_STATUSES, KEPT
from opora.api.wire.answers import Answer, changed, created
from opora.api.wire.bodies import FLAG, IDS, TEXT, Body, Json, require_text, text, unwrap
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_one
from opora.api.wire.paging import list_of
from opora.api.wire.problems import invalid_record
from opora.api.wire.routing import operation
from opora.tickets.actions.make_default_status import make_default_status
from opora.tickets.actions.save_status import save_status
from opora.tickets.models import Category, Status

STATUS = Body(
    "custom_status",
    {
        "status_category": TEXT, "agent_label": text(60), "end_user_label": text(60), "description": TEXT,
        "end_user_description": TEXT, "active": FLAG,
    },
    ("status_category", "agent_label"),
)  # fmt: skip


@operation("GET", "custom_statuses")
def list_statuses(call: Call) -> Json:
    """List ticket statuses; `active`, `default` and `status_categories` choose among them."""
    rows = CUSTOM_STATUSES.rows(call)
    if call.param("active"):
        rows = rows.filter(is_active=call.param("active") == "true")
    if call.param("default"):
        rows = rows.filter(is_default=call.param("default") == "true")
    words = [word.upper() for word in call.all_of("status_categories")]
    if words:
        rows = rows.filter(category__in=[Category[word] for word in words if word in Category.__members__])
    return list_of(call, CUSTOM_STATUSES, rows)


offer_one(CUSTOM_STATUSES)


@operation("POST", "custom_statuses", takes=STATUS)
def create_status(call: Call) -> Answer:
    """Create a ticket status."""
    given = call.read(STATUS)
    require_text(given, "agent_label")
    category = Category.__members__.get(str(given.get("status_category")).upper())
    if category is None or category == Category.CLOSED:
        raise invalid_record("status_category", "is invalid")
    status = save_status(by=call.person, category=category.value, **_status_columns(given))
    keep_attributes("custom_status", status.pk, given, KEPT)
    return created(call, CUSTOM_STATUSES, status.pk)


@operation("PUT", "custom_statuses/{custom_status_id}", takes=STATUS)
def update_status(call: Call, custom_status_id: int) -> Any:
    """Update a ticket status; its category stays."""
    status, given = CUSTOM_STATUSES.find(call, custom_status_id), call.read(STATUS)
    save_status(status, by=call.person, **_status_columns(given))
    keep_attributes("custom_status", status.pk, given, KEPT)
    return changed(call, CUSTOM_STATUSES, status.pk)


@operation("PUT", "custom_status/default")
def set_default_statuses(call: Call) -> Answer:
    """Make these statuses the standard ones of their categories."""
    ids = IDS.read("ids", unwrap(call.body, "ids"))
    rows = Status.objects.in_bulk(ids)
    for pk in dict.fromkeys(ids):
        if pk not in rows:
            raise invalid_record("ids", "is invalid")
        make_default_status(rows[pk], by=call.person)
    return Answer({})


def _status_columns(given: Json) -> Json:
    names = {
        "agent_label": "name", "end_user_label": "customer_name", "description": "description", "active": "is_active",
    }  # fmt: skip
    return {own: given[name] for name, own in names.items() if given.get(name) is not None}

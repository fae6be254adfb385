"""Roles of colleagues."""

from typing import Any

from opora.api.nouns.custom_roles import CUSTOM_ROLES
from opora.api.wire.answers import NOTHING, Answer, changed, created
from opora.api.wire.bodies import ANY, OBJECT, WHOLE, Body, require_text, text
from opora.api.wire.call import Call
from opora.api.wire.offers import offer_list, offer_one
from opora.api.wire.routing import operation
from opora.api.writes.custom_roles import role_columns
from opora.people.actions.remove_role import remove_role
from opora.people.actions.save_role import save_role

ROLE = Body(
    "custom_role",
    {"name": text(80), "description": text(500), "configuration": OBJECT, "role_type": WHOLE, "id": ANY},
    ("name",),
)

offer_list(CUSTOM_ROLES)
offer_one(CUSTOM_ROLES)


@operation("POST", "custom_roles", takes=ROLE)
def create_role(call: Call) -> Answer:
    """Create a role. Nobody gives more than they may do themselves."""
    given = call.read(ROLE)
    require_text(given, "name")
    return created(call, CUSTOM_ROLES, save_role(by=call.person, **role_columns(None, given)).pk)


@operation("PUT", "custom_roles/{custom_role_id}", takes=ROLE)
def update_role(call: Call, custom_role_id: int) -> Any:
    """Update a role; what its configuration does not say stays."""
    role = CUSTOM_ROLES.find(call, custom_role_id)
    save_role(role, by=call.person, **role_columns(role, call.read(ROLE)))
    return changed(call, CUSTOM_ROLES, role.pk)


@operation("DELETE", "custom_roles/{custom_role_id}")
def delete_role(call: Call, custom_role_id: int) -> Answer:
    """Remove a role that nobody has."""
    remove_role(CUSTOM_ROLES.find(call, custom_role_id), by=call.person)
    return NOTHING

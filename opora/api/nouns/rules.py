"""What views and macros have in common: who they are for, and our words and the wire's for conditions and actions."""

from collections.abc import Mapping
from typing import Any

from opora.api.wire.bodies import Json
from opora.api.wire.problems import invalid_record
from opora.people.models import Group, Person
from opora.tickets.models import Category, Status

FIELDS = {
    "status": "status", "custom_status": "custom_status_id", "assignee": "assignee_id", "group": "group_id",
    "brand": "brand_id", "form": "ticket_form_id", "organization": "organization_id", "requester": "requester_id",
    "tags": "current_tags", "priority": "priority", "type": "type", "subject": "subject", "channel": "via_id",
    "received_at": "recipient", "due_date": "due_date", "created": "created_at", "updated": "updated_at",
    "solved": "solved_at", "add_tags": "current_tags", "set_tags": "set_tags", "remove_tags": "remove_tags",
    "cc": "cc", "follower": "follower",
}  # fmt: skip
"""Our names of fields by the wire's."""
_OWN = {wire: own for own, wire in FIELDS.items() if own not in {"add_tags", "set_tags"}}


def wire_conditions(tree: Mapping[str, Any]) -> Json:
    """Return our conditions in the words of the wire."""
    return {part: [_wire_condition(one) for one in tree.get(part) or []] for part in ("all", "any")}


def _wire_condition(one: Mapping[str, Any]) -> Json:
    field, value = one["field"], one.get("value")
    if field in {"assignee", "group", "organization"} and value == "none":
        value = ""
    if isinstance(value, list):
        value = " ".join(map(str, value))
    return {
        "field": _wire_field(field),
        "operator": one["operator"],
        "value": "" if value is None else str(value),
    }


def _wire_field(field: str) -> str:
    if field.startswith("custom_field_"):
        return f"custom_fields_{field.removeprefix('custom_field_')}"
    return FIELDS.get(field, field)


def own_conditions(every: list[Json], some: list[Json]) -> Json:
    """Return the wire's conditions in our words. Raises 422 for one that is none."""
    return {"all": [_own_condition(one) for one in every], "any": [_own_condition(one) for one in some]}


def _own_condition(one: Json) -> Json:
    field, operator = one.get("field"), one.get("operator")
    if not isinstance(field, str) or not isinstance(operator, str):
        raise invalid_record("conditions", "need a field and an operator", "InvalidValue")
    value = one.get("value")
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if field in {"assignee_id", "group_id", "organization_id"} and value in ("", None):
        value = "none"
    return {"field": own_field(field), "operator": operator, "value": value}


def own_field(wire: str) -> str:
    """Return our name of a field of the wire."""
    if wire.startswith("custom_fields_"):
        return f"custom_field_{wire.removeprefix('custom_fields_')}"
    return _OWN.get(wire, wire)


def wire_restriction(owner_id: int | None, group_id: int | None) -> Json | None:
    """Return whom a view or macro is for: one person, one group, or null for everybody."""
    if owner_id:
        return {"type": "User", "id": owner_id}
    return {"type": "Group", "id": group_id, "ids": [group_id]} if group_id else None


def own_restriction(given: Json | None, caller: Person) -> Json:
    """Return owner and group of a restriction. Raises 422 for a group that is not there, or somebody else's own."""
    if not given:
        return {"owner": None, "group": None}
    kind, number = str(given.get("type", "")).lower(), given.get("id") or (given.get("ids") or [None])[0]
    if kind == "user":
        return {"owner": caller, "group": None}
    group = Group.objects.filter(pk=number, deleted_at=None).first() if isinstance(number, int) else None
    if group is None:
        raise invalid_record("restriction", "is not a group of this account")
    return {"owner": None, "group": group}


def status_word(status_id: Any) -> str:
    """Return the category's word of one of our statuses."""
    found = Status.objects.filter(pk=status_id).first() if str(status_id).isdigit() else None
    return found.word if found else Category.OPEN.word

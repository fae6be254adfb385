"""What views and macros have in common: who they are for, and the word of a status."""

from typing import Any

from opora.api.wire.bodies import Json
from opora.api.wire.problems import invalid_record
from opora.people.models import Group, Person
from opora.tickets.models import Category, Status


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

"""Roles from the wire: what a configuration says becomes permissions."""

from collections.abc import Mapping
from typing import Any

from opora.api.wire.bodies import FLAG, Json
from opora.api.wire.problems import invalid_attribute, invalid_record
from opora.people.models import Role
from opora.people.permissions import PERMISSIONS

FLAGS: Mapping[str, str] = {
    "ticket_editing": "tickets.edit", "ticket_deletion": "tickets.delete", "ticket_merge": "tickets.merge",
    "assign_tickets_to_any_group": "tickets.assign", "manage_suspended_tickets": "tickets.spam",
    "manage_ticket_fields": "settings.tickets", "manage_business_rules": "settings.rules",
    "manage_slas": "settings.sla", "manage_groups": "settings.people",
    "manage_extensions_and_channels": "settings.channels",
}  # fmt: skip
"""What a configuration says by true and false, and the permission that it is here."""
WORDS: Mapping[str, tuple[str, Mapping[str, bool]]] = {
    "ticket_comment_access": ("tickets.reply", {"public": True, "none": False}),
    "end_user_profile_access": (
        "people.edit", {"full": True, "edit": True, "edit-within-org": True, "readonly": False},
    ),
    "macro_access": ("macros.share", {"full": True, "manage-group": False, "manage-personal": False, "readonly": False}),
    "view_access": (
        "views.share",
        {"full": True, "manage-group": False, "manage-personal": False, "playonly": False, "readonly": False},
    ),
}  # fmt: skip
"""What it says by words: the permission, and the words that give it or do not."""
ACCESS = {"all": Role.Access.ALL, "within-groups": Role.Access.GROUPS, "assigned-only": Role.Access.ASSIGNED}


def role_columns(role: Role | None, given: Json) -> dict[str, Any]:
    """Return a role's columns from a body. What a configuration does not say stays as it was.

    Raises 422 for words that mean nothing here.
    """
    found: dict[str, Any] = {
        name: given[name] for name in ("name", "description") if given.get(name) is not None
    }
    said = given.get("configuration")
    if said is None:
        return found | ({"permissions": ["tickets.note"]} if role is None else {})
    if not isinstance(said, dict):
        raise invalid_attribute("configuration", "must be an object")
    before = set(role.allowed) if role else {"tickets.note"}
    after = _permissions(before, said)
    if role is None or after != before:
        found["permissions"] = [name for name in PERMISSIONS if name in after]
    if said.get("ticket_access") is not None:
        if said["ticket_access"] not in ACCESS:
            raise invalid_record("ticket_access", "is invalid")
        found["ticket_access"] = ACCESS[said["ticket_access"]].value
    return found


def _permissions(before: set[str], said: Mapping[str, Any]) -> set[str]:
    after = set(before)
    for name in (name for name in FLAGS if said.get(name) is not None):
        (after.add if FLAG.read(name, said[name]) else after.discard)(FLAGS[name])
    for name, (permission, words) in WORDS.items():
        word = said.get(name)
        if word is None:
            continue
        if not isinstance(word, str) or word not in words:
            raise invalid_record(name, "is invalid")
        (after.add if words[word] else after.discard)(permission)
    return after

"""The ticket as the log tells it, folded event by event: the values of a `Snapshot`."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from opora.sla.engine import told
from opora.sla.engine.told import Told
from opora.tickets.models import Category, Priority, TicketType
from opora.tickets.snapshot import Snapshot

Values = dict[str, Any]


def fold_ticket(values: Values, event: Told) -> None:
    """Change `values` as the event changed the ticket."""
    reader = _READERS.get(event.kind)
    if reader:
        reader(values, event)
        values["updated_at"] = event.at


def snapshot(values: Values) -> Snapshot:
    return Snapshot(**values)


def _created(values: Values, event: Told) -> None:
    body = event.body
    names = ("subject", "channel", "requester_id", "brand_id", "group_id", "assignee_id", "status_id", "form_id",
             "organization_id", "submitter_id", "locale", "received_at", "external_id", "requester_locale",
             "requester_role")  # fmt: skip
    values.update({name: body[name] for name in names if name in body})
    values["category"] = Category[body.get("status", "new").upper()].value
    values["priority"] = _priority(body.get("priority"))
    values["type"] = _type(body.get("type"))
    values["due_at"] = _moment(body.get("due_at"))
    values["created_at"] = values["status_changed_at"] = event.at
    values["group_stations"] = 1 if body.get("group_id") else 0
    values["assignee_stations"] = 1 if body.get("assignee_id") else 0
    values["assigned_at"] = event.at if body.get("assignee_id") else None


def _commented(values: Values, event: Told) -> None:
    values["comments"] = values.get("comments", 0) + 1
    if event.body["author_kind"] == "agent":
        values["agent_at"] = event.at
        if event.body.get("is_public", True) and not event.body.get("is_auto_reply"):
            values["replies"] = values.get("replies", 0) + 1
    elif event.body.get("is_public", True):
        values["customer_at"] = event.at


def _moved(values: Values, event: Told) -> None:
    category = Category[event.body.get("after", _AFTER.get(event.kind, "open")).upper()].value
    if event.kind == "ticket.reopened":
        values["reopens"] = values.get("reopens", 0) + 1
    solved, was_solved = category >= Category.SOLVED, values.get("category", 0) >= Category.SOLVED
    if solved != was_solved:
        values["solved_at"] = event.at if solved else None
    values["category"], values["status_changed_at"] = category, event.at
    values["status_id"] = event.body.get("after_id", values.get("status_id"))


_AFTER = {"ticket.solved": "solved", "ticket.closed": "closed", "ticket.reopened": "open"}


def _assigned(values: Values, event: Told) -> None:
    body = event.body
    group, assignee = body.get("group_id"), body.get("assignee_id")
    if group and group != body.get("before_group_id"):
        values["group_stations"] = values.get("group_stations", 0) + 1
    if assignee != body.get("before_assignee_id"):
        values["assigned_at"] = event.at if assignee else None
        if assignee:
            values["assignee_stations"] = values.get("assignee_stations", 0) + 1
    values["group_id"], values["assignee_id"] = group, assignee


def _changed(values: Values, event: Told) -> None:
    name, after = event.body["field"], event.body.get("after")
    if name.startswith("field_"):
        values["values"] = dict(values.get("values", {})) | {
            int(name.removeprefix("field_")): tuple(after or ())
        }
    elif name in _STORED:
        column, read = _STORED[name]
        values[column] = read(after)


def _collaborators(values: Values, event: Told) -> None:
    name = "cc_ids" if event.body["role"] == "cc" else "follower_ids"
    before = values.get(name, frozenset())
    values[name] = (before | frozenset(event.body.get("added_ids", ()))) - frozenset(
        event.body.get("removed_ids", ())
    )


def _removed(values: Values, event: Told) -> None:
    values["is_removed"] = event.kind in told.REMOVED


def _priority(word: Any) -> int | None:
    return Priority[word.upper()].value if word else None


def _type(word: Any) -> int | None:
    return TicketType[word.upper()].value if word else None


def _moment(text: Any) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _id(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def _text(value: Any) -> str:
    return str(value or "")


_STORED: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "subject": ("subject", _text), "external_id": ("external_id", _text), "priority": ("priority", _priority),
    "type": ("type", _type), "tags": ("tags", lambda names: frozenset(names or ())), "due_at": ("due_at", _moment),
    "brand": ("brand_id", _id), "form": ("form_id", _id), "requester": ("requester_id", _id),
    "organization": ("organization_id", _id),
}  # fmt: skip
"""How properties stand in facts, and where snapshots keep them."""

_READERS: dict[str, Callable[[Values, Told], None]] = {
    told.CREATED: _created, told.COMMENTED: _commented, told.ASSIGNED: _assigned, told.CHANGED: _changed,
    told.COLLABORATORS: _collaborators, told.RESTORED: _removed,
    **dict.fromkeys(told.MOVED, _moved), **dict.fromkeys(told.REMOVED, _removed),
}  # fmt: skip

"""A ticket as plain values, as it is or as it was: what conditions look at."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from opora.core.prepared import prepared
from opora.events.fact import Fact
from opora.people.models import Role
from opora.tickets.events import (
    CollaboratorsChanged,
    StatusMoved,
    TicketAssigned,
    TicketChanged,
    TicketCommented,
)
from opora.tickets.models import Category, Collaboration, FieldValue, Ticket, TicketTag

Values = Mapping[int, tuple[str, ...]]
Part = dict[int, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """One ticket at one moment. No row hangs on it: it can be read from the tables or folded from the log.

    `category`, `priority` and `type` are the numbers of `Category`, `Priority` and `TicketType`. `values` has the texts
    of custom fields by field id. `requester_role` is “customer” or a kind of role.
    """

    id: int
    subject: str = ""
    category: int = Category.NEW
    status_id: int | None = None
    priority: int | None = None
    type: int | None = None
    brand_id: int | None = None
    form_id: int | None = None
    group_id: int | None = None
    assignee_id: int | None = None
    requester_id: int | None = None
    submitter_id: int | None = None
    organization_id: int | None = None
    channel: str = "web"
    received_at: str = ""
    locale: str = ""
    external_id: str = ""
    tags: frozenset[str] = frozenset()
    follower_ids: frozenset[int] = frozenset()
    cc_ids: frozenset[int] = frozenset()
    values: Values = field(default_factory=dict)
    requester_locale: str = ""
    requester_role: str = "customer"
    replies: int = 0
    comments: int = 0
    reopens: int = 0
    group_stations: int = 0
    assignee_stations: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None
    solved_at: datetime | None = None
    due_at: datetime | None = None
    status_changed_at: datetime | None = None
    assigned_at: datetime | None = None
    customer_at: datetime | None = None
    agent_at: datetime | None = None
    is_removed: bool = False


def snapshot_of(ticket: Ticket) -> Snapshot:
    """Return the ticket as it is now."""
    return snapshots_of([ticket])[ticket.pk]


def snapshots_of(tickets: Iterable[Ticket]) -> dict[int, Snapshot]:
    """Return the tickets as they are now, by id, in four queries however many they are."""
    rows = {ticket.pk: ticket for ticket in tickets}
    if not rows:
        return {}
    found = {name: read(list(rows)) for name, read in _PARTS.items()}
    return {
        ticket_id: Snapshot(
            **_columns(ticket),
            **{key: value for part in found.values() for key, value in part[ticket_id].items()},
        )
        for ticket_id, ticket in rows.items()
    }


def renewed(before: Snapshot, ticket: Ticket, facts: Iterable[Fact]) -> Snapshot:
    """Return the ticket as it is now, where `before` is how it was before the facts: only what they can change is read.

    `ticket` is the row as it is now. A fact that is not known here has everything read again.
    """
    parts: set[str] = set()
    told: dict[str, Any] = {}
    for fact in facts:
        if isinstance(fact, TicketChanged) and fact.field == "tags":
            told["tags"] = frozenset(fact.after or ())
        else:
            parts.update(_parts_changed_by(fact))
    read = {key: value for part in parts for key, value in _PARTS[part]([ticket.pk])[ticket.pk].items()}
    return replace(before, **_columns(ticket), **(told | read))


def _parts_changed_by(fact: Fact) -> Iterable[str]:
    if isinstance(fact, TicketChanged):
        if fact.field.startswith("field_"):
            return ("values",)
        return ("beside",) if fact.field == "requester" else ()
    if isinstance(fact, CollaboratorsChanged):
        return ("people",)
    if isinstance(fact, (StatusMoved, TicketAssigned, TicketCommented)):
        return ("beside",)
    return _PARTS


_COLUMNS = (
    "id", "subject", "category", "status_id", "priority", "type", "brand_id", "form_id", "group_id", "assignee_id",
    "requester_id", "submitter_id", "organization_id", "channel", "received_at", "locale", "external_id",
    "created_at", "updated_at", "solved_at", "due_at",
)  # fmt: skip


def _columns(ticket: Ticket) -> dict[str, Any]:
    return {name: getattr(ticket, name) for name in _COLUMNS} | {"is_removed": ticket.removed_at is not None}


_COUNTED = ("replies", "comments", "reopens", "group_stations", "assignee_stations")
_BESIDE = {
    "requester_locale": "requester__locale",
    "requester_role": "requester__role__kind",
    **{name: f"metric__{name}" for name in _COUNTED},
    "status_changed_at": "metric__status_changed_at",
    "assigned_at": "metric__assigned_at",
    "customer_at": "metric__last_customer_at",
    "agent_at": "metric__last_agent_at",
}
"""Where a snapshot's values stand that are of the requester and of what was counted."""


@prepared
def _rows_beside(ids: list[int]) -> QuerySet[Ticket, tuple[Any, ...]]:
    return Ticket.objects.filter(pk__in=ids).order_by().values_list("pk", *_BESIDE.values())


@prepared
def _tag_rows(ids: list[int]) -> QuerySet[TicketTag, tuple[int, str]]:
    return TicketTag.objects.filter(ticket_id__in=ids).values_list("ticket_id", "tag__name")


@prepared
def _people_rows(ids: list[int]) -> QuerySet[Collaboration, tuple[int, str, int]]:
    return Collaboration.objects.filter(ticket_id__in=ids).values_list("ticket_id", "kind", "person_id")


@prepared
def _value_rows(ids: list[int]) -> QuerySet[FieldValue, tuple[int, int, str]]:
    rows = FieldValue.objects.filter(ticket_id__in=ids).order_by("id")
    return rows.values_list("ticket_id", "field_id", "text")


def _beside(ids: list[int]) -> Part:
    found = {}
    for ticket_id, *row in _rows_beside(ids):
        values = dict(zip(_BESIDE, row, strict=True))
        values["requester_role"] = role_word(values["requester_role"])
        found[ticket_id] = values | {name: values[name] or 0 for name in _COUNTED}
    return found


def _tags(ids: list[int]) -> Part:
    found = _gathered(_tag_rows(ids))
    return {ticket_id: {"tags": frozenset(found.get(ticket_id, ()))} for ticket_id in ids}


def _people(ids: list[int]) -> Part:
    found = _gathered(((ticket_id, kind), person_id) for ticket_id, kind, person_id in _people_rows(ids))
    return {
        ticket_id: {
            "follower_ids": frozenset(found.get((ticket_id, "follower"), ())),
            "cc_ids": frozenset(found.get((ticket_id, "cc"), ())),
        }
        for ticket_id in ids
    }


def _values(ids: list[int]) -> Part:
    found: dict[int, dict[int, tuple[str, ...]]] = {ticket_id: {} for ticket_id in ids}
    for ticket_id, field_id, text in _value_rows(ids):
        found[ticket_id][field_id] = (*found[ticket_id].get(field_id, ()), text)
    return {ticket_id: {"values": values} for ticket_id, values in found.items()}


_PARTS: dict[str, Callable[[list[int]], Part]] = {
    "beside": _beside, "tags": _tags, "people": _people, "values": _values,
}  # fmt: skip
"""What a snapshot reads beside the ticket's own row: one query each, however many tickets."""


def role_word(kind: str | None) -> str:
    """Return the kind of a role as conditions name it; “customer” for whoever has none."""
    return Role.Kind(kind).value if kind else "customer"


def _gathered(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found

"""A ticket as it was: the present state, taken back update by update along the log."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.tickets.events import StatusMoved, TicketAssigned, TicketCommented, TicketCreated, TicketReopened
from opora.tickets.happened import Happened, happened_in
from opora.tickets.models import Category
from opora.tickets.snapshot import Snapshot

_COLUMNS = {
    "status": "category", "priority": "priority", "type": "type", "group": "group_id", "assignee": "assignee_id",
    "brand": "brand_id", "form": "form_id", "requester": "requester_id", "organization": "organization_id",
    "subject": "subject", "tags": "tags", "due_at": "due_at", "external_id": "external_id",
}  # fmt: skip
"""Where a snapshot keeps what an update changes."""


class Moment(NamedTuple):
    """One update of a ticket: what it did, the ticket right after it, and when that was."""

    update_id: int
    event_id: int
    at: datetime
    happened: Happened
    ticket: Snapshot


def updates_of(present: Snapshot, events: Iterable[Event], *, since: datetime) -> Iterator[Moment]:
    """Yield the updates made since then, newest first, each with the ticket as it was right after.

    `events` are all of this ticket's, oldest first. What the log does not tell, such as a language, is as it is now.
    """
    groups = [list(rows) for _id, rows in groupby(events, key=lambda event: event.update_id)]
    state = present
    for place in range(len(groups) - 1, -1, -1):
        rows = groups[place]
        if rows[-1].recorded_at < since:
            return
        happened = happened_in(rows, present.id)
        state = _with_times(state, groups[: place + 1])
        yield Moment(rows[0].update_id, rows[-1].pk, rows[-1].occurred_at, happened, state)
        state = _before(state, happened, rows)


def _before(state: Snapshot, happened: Happened, rows: list[Event]) -> Snapshot:
    """Take one update back."""
    earlier: dict[str, Any] = {}
    values = dict(state.values)
    for name, change in happened.changes.items():
        if name.startswith("custom_field_"):
            values[int(name.removeprefix("custom_field_"))] = change.before
        elif name in _COLUMNS:
            earlier[_COLUMNS[name]] = change.before
    facts = [fact_of(row) for row in rows]
    comments = [fact for fact in facts if isinstance(fact, TicketCommented)]
    replies = [
        fact for fact in comments if fact.is_public and fact.author_kind == "agent" and not fact.is_auto_reply
    ]
    reopens = [fact for fact in facts if isinstance(fact, TicketReopened)]
    return replace(
        state,
        **earlier,
        values={field: texts for field, texts in values.items() if texts},
        comments=max(state.comments - len(comments), 0),
        replies=max(state.replies - len(replies), 0),
        reopens=max(state.reopens - len(reopens), 0),
    )


def _with_times(state: Snapshot, groups: list[list[Event]]) -> Snapshot:
    """Set the moments that the log tells up to the last of these updates."""
    times: dict[str, Any] = {"updated_at": groups[-1][-1].occurred_at, "assigned_at": None, "solved_at": None}
    times |= {"customer_at": None, "agent_at": None}
    for row in (row for rows in groups for row in rows):
        fact = fact_of(row)
        if isinstance(fact, (TicketCreated, StatusMoved)):
            times["status_changed_at"] = row.occurred_at
        if isinstance(fact, (TicketCreated, TicketAssigned)) and fact.assignee_id:
            times["assigned_at"] = row.occurred_at
        if isinstance(fact, TicketCommented) and (fact.is_public or fact.author_kind == "agent"):
            times["agent_at" if fact.author_kind == "agent" else "customer_at"] = row.occurred_at
    if state.category >= Category.SOLVED:
        times["solved_at"] = times.get("status_changed_at")
    return replace(state, **times)

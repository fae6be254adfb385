"""What one update did to one ticket, as plain values: what the conditions of rules look at beside the ticket itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from opora.core.conditions.field import Change
from opora.events.delivering import fact_of
from opora.events.models import Event
from opora.people.models import Person
from opora.tickets.events import (
    StatusMoved,
    TicketAssigned,
    TicketChanged,
    TicketCommented,
    TicketCreated,
    TicketRated,
)
from opora.tickets.models import Category, Comment, Priority, TicketType
from opora.tickets.satisfaction import state_of
from opora.tickets.snapshot import role_word


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One update of a ticket: who made it, by which door, what was before and after, and what was said.

    `role` is “customer”, a kind of role, or the kind of an actor that is no person (rule, timer, import, system).
    In a new ticket everything that is filled in has changed, from nothing.
    """

    is_new: bool = False
    actor_id: int | None = None
    role: str = "system"
    via: str = "web"
    at: datetime | None = None
    changes: Mapping[str, Change] = field(default_factory=dict)
    has_comment: bool = False
    comment_is_public: bool = False
    comment_by: str = ""
    comment_text: str = ""
    is_auto_reply: bool = False

    def then(self, changes: Mapping[str, Change]) -> "Happened":
        """Return the update with what a rule changed on top of it: before as it was, after as it is now."""
        joined = dict(self.changes)
        for name, change in changes.items():
            joined[name] = Change(joined[name].before if name in joined else change.before, change.after)
        return replace(self, changes={name: one for name, one in joined.items() if one.before != one.after})

    def change(self, name: str, present: Any) -> Change | None:
        """Return what happened to a property; `present` is its value after the update."""
        if self.is_new:
            nothing = present in (None, "") or present == frozenset() or present == ()
            return (
                None
                if nothing
                else Change(type(present)() if isinstance(present, frozenset) else None, present)
            )
        return self.changes.get(name)


def happened_in(events: Iterable[Event], ticket_id: int, *, role: str | None = None) -> Happened:
    """Return what these events of one update did to the ticket. Asks for the comment's words if there was one.

    `role` spares the query for the role of who acted.
    """
    mine = [event for event in events if event.subject_kind == "ticket" and event.subject_id == ticket_id]
    if not mine:
        return Happened()
    first = mine[0]
    told: dict[str, Any] = {}
    changes: dict[str, Change] = {}
    for event in mine:
        fact = fact_of(event)
        if isinstance(fact, TicketCreated):
            told["is_new"] = True
        elif isinstance(fact, TicketCommented):
            told |= _comment(fact)
        else:
            for name, change in _changes(fact):
                changes[name] = Change(
                    changes[name].before if name in changes else change.before, change.after
                )
    return Happened(
        actor_id=first.actor_id,
        role=role or _role(first),
        via=first.via,
        at=first.occurred_at,
        changes={name: change for name, change in changes.items() if change.before != change.after},
        **told,
    )


def _comment(fact: TicketCommented) -> dict[str, Any]:
    text = Comment.objects.filter(pk=fact.comment_id).values_list("text", flat=True).first()
    return {
        "has_comment": True,
        "comment_is_public": fact.is_public,
        "comment_by": fact.author_kind,
        "comment_text": text or fact.words,
        "is_auto_reply": fact.is_auto_reply,
    }


def _role(event: Event) -> str:
    if event.actor_kind not in ("agent", "customer"):
        return event.actor_kind
    if event.actor_kind == "customer":
        return "customer"
    kind = Person.objects.filter(pk=event.actor_id or 0).values_list("role__kind", flat=True).first()
    return role_word(kind)


def _changes(fact: object) -> Iterable[tuple[str, Change]]:
    if isinstance(fact, StatusMoved):
        yield "status", Change(Category[fact.before.upper()].value, Category[fact.after.upper()].value)
    elif isinstance(fact, TicketAssigned):
        yield "group", Change(fact.before_group_id, fact.group_id)
        yield "assignee", Change(fact.before_assignee_id, fact.assignee_id)
    elif isinstance(fact, TicketRated):
        yield "satisfaction", Change(state_of(fact.before, ""), state_of(fact.score, fact.comment))
    elif isinstance(fact, TicketChanged):
        name = (
            fact.field.replace("field_", "custom_field_", 1)
            if fact.field.startswith("field_")
            else fact.field
        )
        stored = _STORED.get(name, _same)
        if name.startswith("custom_field_"):
            stored = _texts
        yield name, Change(stored(fact.before), stored(fact.after))


def _same(value: Any) -> Any:
    return value


def _id(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(value or ())


_STORED: dict[str, Callable[[Any], Any]] = {
    "priority": lambda word: Priority[word.upper()].value if word else None,
    "type": lambda word: TicketType[word.upper()].value if word else None,
    "tags": lambda names: frozenset(names or ()),
    "due_at": lambda text: datetime.fromisoformat(text) if text else None,
    **dict.fromkeys(("brand", "form", "requester", "organization"), _id),
}
"""The values of facts as snapshots keep them."""

"""Properties of a ticket change."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext_noop

from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Brand, Organization, Person
from opora.people.policy import require
from opora.tickets.actions.lock import lock_ticket, refuse_closed, touch
from opora.tickets.events import TicketChanged
from opora.tickets.models import Priority, Ticket, TicketForm, TicketType
from opora.tickets.policy import may_edit


class Properties(TypedDict, total=False):
    """What may change; a missing key leaves it as it is."""

    subject: str
    priority: int | None
    type: int | None
    brand: Brand
    form: TicketForm | None
    requester: Person
    organization: Organization | None
    due_at: datetime | None
    external_id: str
    received_at: str


TITLES = {
    "subject": gettext_noop("subject"),
    "priority": gettext_noop("priority"),
    "type": gettext_noop("type"),
    "brand": gettext_noop("brand"),
    "form": gettext_noop("form"),
    "requester": gettext_noop("requester"),
    "organization": gettext_noop("organization"),
    "due_at": gettext_noop("due date"),
    "external_id": gettext_noop("external number"),
    "received_at": gettext_noop("address it came to"),
}


def change_ticket(ticket: Ticket, *, by: ActsAsActor, **properties: Unpack[Properties]) -> Ticket:
    """Set the given properties; each one that differs is one fact. A new requester brings their organization."""
    with update(by):
        lock_ticket(ticket)
        refuse_closed(ticket)
        require(may_edit(by, ticket))
        wanted: dict[str, Any] = dict(properties)
        if "subject" in wanted:
            wanted["subject"] = one_line(wanted["subject"]) or ticket.subject
        if "requester" in wanted and wanted["requester"].pk != ticket.requester_id:
            wanted.setdefault("organization", wanted["requester"].organization)
        changed = [name for name, value in wanted.items() if getattr(ticket, name) != value]
        if changed:
            facts = [put_property(ticket, name, wanted[name]) for name in changed]
            touch(ticket, *changed)
            for fact in facts:
                record(fact, subject_id=ticket.pk, by=by)
    return ticket


def put_property(ticket: Ticket, name: str, value: Any) -> TicketChanged:
    """Set the property on the ticket, unsaved, and return the fact that is to be recorded."""
    before = getattr(ticket, name)
    setattr(ticket, name, value)
    return TicketChanged(
        field=name,
        title=TITLES[name],
        before=_stored(name, before),
        after=_stored(name, value),
        before_label=_label(name, before),
        after_label=_label(name, value),
    )


def _stored(name: str, value: Any) -> str | None:
    """The value as the log keeps it: words for priority and type, ids for rows, ISO times."""
    if value is None:
        return None
    if name == "priority":
        return Priority(value).word
    if name == "type":
        return TicketType(value).word
    if isinstance(value, datetime):
        return value.isoformat()
    return str(getattr(value, "pk", value))


def _label(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name == "priority":
        return str(Priority(value).label)
    if name == "type":
        return str(TicketType(value).label)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)

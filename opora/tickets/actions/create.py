"""A ticket comes to be."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from opora.core import clock
from opora.core.prepared import insert
from opora.core.text import one_line
from opora.events.actor import ActsAsActor
from opora.events.recording import record, update
from opora.people.models import Brand, Group, Person
from opora.people.queries import default_brand, default_group
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.tag import set_tags
from opora.tickets.events import TicketCreated
from opora.tickets.models import Category, Priority, Status, Ticket, TicketForm, TicketType
from opora.tickets.queries import standard_form, status_of
from opora.tickets.snapshot import role_word


@dataclass(frozen=True, kw_only=True)
class NewTicket:
    """What a new ticket is made of; all but subject and requester has a default."""

    subject: str
    requester: Person
    brand: Brand | None = None
    group: Group | None = None
    assignee: Person | None = None
    submitter: Person | None = None
    form: TicketForm | None = None
    status: Status | None = None
    priority: int | None = None
    type: int | None = None
    channel: str = "web"
    received_at: str = ""
    locale: str = ""
    external_id: str = ""
    due_at: datetime | None = None
    tags: Iterable[str] = ()
    values: dict[int, Any] = field(default_factory=dict)
    follow_up_of: Ticket | None = None
    split_from: Ticket | None = None
    created_at: datetime | None = None


def create_ticket(new: NewTicket, *, by: ActsAsActor, comment: NewComment | None = None) -> Ticket:
    """Make a ticket, and its first comment if given. A ticket that somebody is assigned to starts as open."""
    with update(by):
        ticket = insert(Ticket(**_columns(new)))
        record(_fact(ticket, new), subject_id=ticket.pk, by=by, occurred_at=new.created_at)
        if new.tags:
            set_tags(ticket, new.tags, by=by, is_new=True)
        if new.values:
            set_field_values(ticket, new.values, by=by)
        if comment:
            add_comment(ticket, comment, by=by, is_first=True)
    return ticket


def _columns(new: NewTicket) -> dict[str, Any]:
    created_at, brand = new.created_at or clock.now(), new.brand or default_brand()
    status = new.status or status_of(Category.OPEN if new.assignee else Category.NEW)
    solved_at = created_at if status.category >= Category.SOLVED else None
    return {
        "subject": one_line(new.subject) or "",
        "status": status,
        "category": status.category,
        "priority": new.priority,
        "type": new.type,
        "brand": brand,
        "group": new.group or _group_of(new.requester) or default_group(),
        "assignee": new.assignee,
        "form": new.form or standard_form(brand.pk),
        "requester": new.requester,
        "submitter": new.submitter or new.requester,
        "organization": new.requester.organization,
        "channel": new.channel,
        "received_at": new.received_at,
        "locale": new.locale or new.requester.locale,
        "external_id": new.external_id,
        "due_at": new.due_at,
        "follow_up_of": new.follow_up_of,
        "created_at": created_at,
        "updated_at": created_at,
        "solved_at": solved_at,
    }


def _group_of(requester: Person) -> Group | None:
    """The group that looks after the requester's organization, if it is in use."""
    group = requester.organization.group if requester.organization else None
    return group if group and group.deleted_at is None else None


def _fact(ticket: Ticket, new: NewTicket) -> TicketCreated:
    return TicketCreated(
        subject=ticket.subject,
        channel=ticket.channel,
        requester_id=ticket.requester_id,
        brand_id=ticket.brand_id,
        group_id=ticket.group_id,
        assignee_id=ticket.assignee_id,
        status=Category(ticket.category).word,
        priority=Priority(ticket.priority).word if ticket.priority else "",
        type=TicketType(ticket.type).word if ticket.type else "",
        follow_up_of=new.follow_up_of.pk if new.follow_up_of else None,
        split_from=new.split_from.pk if new.split_from else None,
        status_id=ticket.status_id,
        form_id=ticket.form_id,
        organization_id=ticket.organization_id,
        submitter_id=ticket.submitter_id,
        locale=ticket.locale,
        received_at=ticket.received_at,
        external_id=ticket.external_id,
        due_at=ticket.due_at,
        requester_locale=ticket.requester.locale,
        requester_role=role_word(ticket.requester.role.kind if ticket.requester.role else None),
    )

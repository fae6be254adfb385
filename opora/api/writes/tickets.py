"""Tickets as they are written through the API: which attributes there are, and which actions carry them out."""

from typing import Any

from opora.api.wire.bodies import (
    ANY,
    FLAG,
    LONG_TEXT,
    MOMENT,
    OBJECT,
    OBJECTS,
    TEXT,
    TEXTS,
    WHOLE,
    Body,
    Json,
)
from opora.api.wire.problems import invalid_record, not_found, update_conflict
from opora.api.writes import values
from opora.api.writes.choice_tags import tags_and_values, write_tags_and_values
from opora.api.writes.comments import new_comment
from opora.api.writes.ticket_people import set_people
from opora.core.html import text_to_html
from opora.core.text import one_line
from opora.people.models import Group, Membership, Person
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.create import NewTicket, create_ticket
from opora.tickets.actions.link import link_tickets, unlink_tickets
from opora.tickets.actions.status import change_status
from opora.tickets.models import Category, Ticket
from opora.tickets.queries import status_of, tickets_for

TICKET = Body(
    "ticket",
    {
        "id": ANY, "subject": LONG_TEXT, "raw_subject": LONG_TEXT, "description": LONG_TEXT, "comment": ANY,
        "requester": ANY, "requester_id": WHOLE, "submitter_id": WHOLE, "assignee_id": WHOLE, "assignee_email": TEXT,
        "group_id": WHOLE, "organization_id": WHOLE, "collaborators": ANY, "collaborator_ids": ANY,
        "additional_collaborators": ANY, "followers": OBJECTS, "follower_ids": ANY, "email_ccs": OBJECTS,
        "email_cc_ids": ANY, "type": TEXT, "priority": TEXT, "status": TEXT, "custom_status_id": WHOLE, "tags": TEXTS,
        "additional_tags": TEXTS, "remove_tags": TEXTS, "external_id": TEXT, "problem_id": WHOLE, "due_at": MOMENT,
        "custom_fields": ANY, "fields": ANY, "ticket_form_id": WHOLE, "brand_id": WHOLE, "safe_update": FLAG,
        "updated_stamp": MOMENT, "via_followup_source_id": WHOLE, "recipient": TEXT, "metadata": OBJECT, "via": OBJECT,
        "macro_id": ANY, "macro_ids": ANY,
    },
)  # fmt: skip
LONGEST_SUBJECT = 255


def create_from(given: Json, *, by: Person) -> Ticket:
    """Make a ticket of the attributes; the description is its first comment, and the caller its submitter."""
    requester = values.requester_of(given, by=by) or by
    submitter = values.person_of("submitter", given.get("submitter_id")) if by.is_colleague else None
    comment = _first_comment(given, by=by, author=submitter or by)
    assignee = values.assignee_of(given)
    tags, custom = tags_and_values(given)
    new = NewTicket(
        subject=_subject(given, comment),
        requester=requester,
        submitter=submitter or by,
        brand=values.brand_of(given.get("brand_id")),
        form=values.form_of(given.get("ticket_form_id")),
        assignee=assignee,
        group=values.group_of(given.get("group_id")) or _group_of(assignee),
        status=values.status_named(given) or status_of(Category.OPEN if assignee else Category.NEW),
        priority=values.priority_of(given.get("priority")),
        type=values.type_of(given.get("type")),
        channel="api",
        received_at=given.get("recipient") or "",
        external_id=given.get("external_id") or "",
        due_at=given.get("due_at"),
        tags=tags,
        values=custom,
        follow_up_of=values.closed_ticket_of(given.get("via_followup_source_id")),
    )
    ticket = create_ticket(new, by=by, comment=comment)
    if given.get("organization_id"):
        change_ticket(ticket, by=by, organization=values.organization_of(given["organization_id"]))
    set_people(ticket, given, by=by)
    _set_problem(ticket, given, by=by)
    return ticket


def _first_comment(given: Json, *, by: Person, author: Person) -> NewComment:
    described = given.get("comment")
    if described in (None, "") and given.get("description"):
        described = {"body": given["description"]}
    comment = new_comment(described, by=by, author=author, metadata=_metadata(given))
    if comment is None:
        subject = str(given.get("subject") or "")
        if not subject.strip():
            raise invalid_record("base", "Description: cannot be blank", "BlankValue")
        comment = NewComment(
            html=text_to_html(subject), text=subject, author=author, channel="api", moves_status=False
        )
    return comment


def _subject(given: Json, comment: NewComment) -> str:
    """The subject as it was given; the beginning of the words where there is none, for lists need something."""
    written = str(given.get("subject") or given.get("raw_subject") or "")
    if len(written) > LONGEST_SUBJECT:
        raise invalid_record(
            "subject", f"is too long (maximum is {LONGEST_SUBJECT} characters)", "ValueTooLong"
        )
    return written or one_line(comment.text or "", limit=80)


def _metadata(given: Json) -> Any:
    metadata = given.get("metadata") or {}
    return metadata.get("custom", metadata) if isinstance(metadata, dict) else None


def _group_of(assignee: Person | None) -> Group | None:
    if assignee is None:
        return None
    places = Membership.objects.filter(person=assignee, group__deleted_at=None).select_related("group")
    first = places.order_by("-is_default", "id").first()
    return first.group if first else None


def update_from(ticket: Ticket, given: Json, *, by: Person) -> Ticket:
    """Change what the attributes name, in the order that lets the status have the last word; all one update.

    Raises 409 when `safe_update` is asked and the ticket has changed since `updated_stamp`, 422 on a closed one.
    """
    _refuse_outdated(ticket, given)
    if ticket.is_closed:
        raise invalid_record("status", "closed prevents ticket update")
    change_ticket(ticket, by=by, **_properties(given, by=by))
    _assign(ticket, given, by=by)
    write_tags_and_values(ticket, given, by=by)
    set_people(ticket, given, by=by)
    _set_problem(ticket, given, by=by)
    status = values.status_named(given)
    comment = new_comment(given.get("comment"), by=by, metadata=_metadata(given))
    if comment:
        add_comment(ticket, _speaking(comment, chosen=status is not None), by=by)
    if status and not (status.category == Category.NEW and ticket.category == Category.NEW):
        change_status(ticket, status, by=by)
    return ticket


def _speaking(comment: NewComment, *, chosen: bool) -> NewComment:
    """A customer's words reopen a ticket unless the status was chosen in the same breath."""
    return (
        comment if chosen or comment.author.role_id else NewComment(**{**vars(comment), "moves_status": True})
    )


def _refuse_outdated(ticket: Ticket, given: Json) -> None:
    if not given.get("safe_update"):
        return
    seen = given.get("updated_stamp")
    if seen is None or ticket.updated_at.replace(microsecond=0) > seen:
        raise update_conflict()


def _properties(given: Json, *, by: Person) -> Any:
    found: Json = {}
    if given.get("subject"):
        if len(given["subject"]) > LONGEST_SUBJECT:
            raise invalid_record(
                "subject", f"is too long (maximum is {LONGEST_SUBJECT} characters)", "ValueTooLong"
            )
        found["subject"] = given["subject"]
    readers = {"priority": values.priority_of, "type": values.type_of}
    found |= {name: read(given[name]) for name, read in readers.items() if name in given}
    if given.get("brand_id"):
        found["brand"] = values.brand_of(given["brand_id"])
    if given.get("ticket_form_id"):
        found["form"] = values.form_of(given["ticket_form_id"])
    requester = values.requester_of(given, by=by)
    if requester:
        found["requester"] = requester
    if "organization_id" in given:
        found["organization"] = values.organization_of(given["organization_id"])
    if "due_at" in given:
        found["due_at"] = given["due_at"]
    for name, own in {"external_id": "external_id", "recipient": "received_at"}.items():
        if name in given:
            found[own] = given[name] or ""
    return found


def _assign(ticket: Ticket, given: Json, *, by: Person) -> None:
    target: Json = {}
    if "group_id" in given:
        target["group"] = values.group_of(given["group_id"])
    if "assignee_id" in given or given.get("assignee_email"):
        target["assignee"] = values.assignee_of(given)
    if target:
        assign_ticket(ticket, by=by, **target)


def _set_problem(ticket: Ticket, given: Json, *, by: Person) -> None:
    if "problem_id" not in given or given["problem_id"] == ticket.problem_id:
        return
    if ticket.problem:
        unlink_tickets(ticket, ticket.problem, by=by)
    if given["problem_id"]:
        problem = Ticket.objects.live().filter(pk=given["problem_id"]).first()
        if problem is None:
            raise invalid_record("problem_id", "is invalid")
        link_tickets(problem, ticket, kind="incident", by=by)


def ticket_to_change(ticket_id: int, *, by: Person) -> Ticket:
    """Return the live ticket of this id that `by` may see. Raises 404."""
    rows = tickets_for(by).select_related("status", "requester__role", "assignee", "group", "problem")
    ticket = rows.filter(pk=ticket_id).first()
    if ticket is None:
        raise not_found()
    return ticket

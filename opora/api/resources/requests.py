"""Requests: tickets as the people see them who asked."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from opora.api.nouns.comments import COMMENTS
from opora.api.nouns.tickets import present_tickets
from opora.api.wire.answers import Answer, changed, created, one_of
from opora.api.wire.bodies import ANY, FLAG, LONG_TEXT, MOMENT, TEXT, WHOLE, Body, Json
from opora.api.wire.call import Call
from opora.api.wire.nouns import Noun
from opora.api.wire.offers import counted
from opora.api.wire.paging import list_of, tally
from opora.api.wire.problems import not_found
from opora.api.wire.routing import operation
from opora.api.writes.comments import new_comment
from opora.api.writes.ticket_people import set_people
from opora.api.writes.tickets import create_from, ticket_to_change
from opora.tickets.actions.comment import NewComment, add_comment
from opora.tickets.actions.status import move_status
from opora.tickets.models import Category, Comment, Ticket, TicketField
from opora.tickets.queries import status_of, tickets_for

REQUEST = Body(
    "request",
    {
        "subject": LONG_TEXT, "comment": ANY, "requester": ANY, "priority": TEXT, "type": TEXT, "custom_fields": ANY,
        "fields": ANY, "due_at": MOMENT, "ticket_form_id": WHOLE, "recipient": TEXT, "collaborators": ANY,
        "email_ccs": ANY, "solved": FLAG, "via_followup_source_id": WHOLE, "brand_id": WHOLE,
        "additional_collaborators": ANY,
    },
    ("subject", "comment"),
)  # fmt: skip
_SHOWN = (
    "id", "status", "priority", "type", "subject", "description", "organization_id", "via", "custom_fields",
    "requester_id", "collaborator_ids", "email_cc_ids", "is_public", "due_at", "recipient", "created_at", "updated_at",
    "assignee_id", "ticket_form_id", "custom_status_id", "fields", "group_id",
)  # fmt: skip


def _rows(call: Call) -> QuerySet[Ticket]:
    mine = Q(requester=call.person) | Q(collaborations__person=call.person, collaborations__kind="cc")
    return tickets_for(call.person).filter(mine).distinct()


def _known(call: Call) -> QuerySet[Ticket]:
    return tickets_for(call.person)


def _present(call: Call, ids: Sequence[int]) -> list[Json]:
    asked = TicketField.objects.filter(is_shown_to_customers=True).values_list("pk", flat=True)
    fields = set(asked)
    return [_request(call, ticket, fields) for ticket in present_tickets(call, ids)]


def _request(call: Call, ticket: Json, fields: set[int]) -> Json:
    """A ticket as customers see it: of the custom fields those that are shown to them."""
    shown = [one for one in ticket["custom_fields"] if one["id"] in fields]
    solved = ticket["status"] in {"solved", "closed"}
    return {
        "url": call.url(f"requests/{ticket['id']}"),
        **{name: ticket[name] for name in _SHOWN},
        "custom_fields": shown,
        "fields": shown,
        "can_be_solved_by_me": not solved and ticket["assignee_id"] is not None,
        "solved": solved,
        "followup_source_id": None,
    }


REQUESTS = Noun(
    "request", "requests", "requests", _rows, _present, known=_known,
    orders={"id": "id", "updated_at": "updated_at", "created_at": "created_at"},
    references={"users": ("requester_id", "collaborator_ids"), "organizations": ("organization_id",)},
)  # fmt: skip


@operation("GET", "requests", who="people")
def list_requests(call: Call) -> Json:
    """List the caller's own requests."""
    return list_of(call, REQUESTS, _by_status(call, _rows(call)))


def _by_status(call: Call, rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    words = [word.upper() for word in call.all_of("status")]
    known = [Category[word] for word in words if word in Category.__members__]
    return rows.filter(category__in=known) if known else rows


@operation("GET", "requests/open", who="people")
def open_requests(call: Call) -> Json:
    """List the caller's unsolved requests."""
    return list_of(call, REQUESTS, _rows(call).filter(category__lt=Category.SOLVED))


@operation("GET", "requests/solved", who="people")
def solved_requests(call: Call) -> Json:
    """List the caller's solved requests."""
    return list_of(call, REQUESTS, _rows(call).filter(category__gte=Category.SOLVED))


@operation("GET", "requests/ccd", who="people")
def copied_requests(call: Call) -> Json:
    """List the requests on which the caller is in copy."""
    places = call.person.collaborations.filter(kind="cc").values("ticket_id")
    return list_of(call, REQUESTS, tickets_for(call.person).filter(pk__in=places))


@operation("GET", "requests/search", who="people")
def search_requests(call: Call) -> Json:
    """Find the caller's requests by words of the subject."""
    return list_of(
        call, REQUESTS, _by_status(call, _rows(call)).filter(subject__icontains=call.param("query"))
    )


@operation("GET", "requests/{request_id}", who="people")
def show_request(call: Call, request_id: int) -> Json:
    """Show one request."""
    return one_of(call, REQUESTS, REQUESTS.find(call, request_id).pk)


@operation("POST", "requests", who="people", takes=REQUEST)
def create_request(call: Call) -> Answer:
    """Ask for something; colleagues may name the requester."""
    given = call.read(REQUEST)
    if not call.person.is_colleague:
        given.pop("requester", None)
    ticket = create_from({**given, "description": given.get("subject")}, by=call.person)
    return created(call, REQUESTS, ticket.pk)


@operation("PUT", "requests/{request_id}", who="people", takes=REQUEST)
def update_request(call: Call, request_id: int) -> Any:
    """Answer on a request, or say that it is solved."""
    ticket, given = ticket_to_change(request_id, by=call.person), call.read(REQUEST)
    comment = new_comment(given.get("comment"), by=call.person)
    if comment:
        add_comment(
            ticket, NewComment(**{**vars(comment), "moves_status": not given.get("solved")}), by=call.person
        )
    set_people(ticket, given, by=call.person)
    if given.get("solved") and ticket.category < Category.SOLVED and ticket.assignee_id:
        move_status(ticket, status_of(Category.SOLVED), by=call.person)
    return changed(call, REQUESTS, ticket.pk)


def _public(call: Call, request_id: int) -> QuerySet[Comment]:
    return Comment.objects.filter(ticket=REQUESTS.find(call, request_id), is_public=True)


@operation("GET", "requests/{request_id}/comments", who="people")
def comments_of_request(call: Call, request_id: int) -> Json:
    """List the public comments of a request."""
    return list_of(call, COMMENTS, _public(call, request_id), order="id")


@operation("GET", "requests/{request_id}/comments/{comment_id}", who="people")
def comment_of_request(call: Call, request_id: int, comment_id: int) -> Json:
    """Show one public comment of a request."""
    found = _public(call, request_id).filter(pk=comment_id).first()
    if found is None:
        raise not_found()
    return one_of(call, COMMENTS, found.pk)


@operation("GET", "users/{user_id}/requests")
def requests_of_user(call: Call, user_id: int) -> Json:
    """List the requests of one person."""
    return list_of(call, REQUESTS, tickets_for(call.person).filter(requester_id=user_id))


@operation("GET", "organizations/{organization_id}/requests")
def requests_of_organization(call: Call, organization_id: int) -> Json:
    """List the requests of one organization."""
    return list_of(call, REQUESTS, tickets_for(call.person).filter(organization_id=organization_id))


@operation("GET", "requests/count", who="people")
def count_requests(call: Call) -> Json:
    """Count the caller's own requests."""
    return counted(tally(_rows(call)))

"""Changing what a ticket is: status, priority, assignee, tags, fields and the rest."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.core.refusals import Invalid
from opora.core.toasts import toast
from opora.events.recording import update
from opora.people.actions.create_person import create_person
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Brand, Group, Person
from opora.tickets.actions.apply_macro import carry_out
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.actions.change import change_ticket
from opora.tickets.actions.collaborate import add_collaborators, set_collaborators
from opora.tickets.actions.set_field_values import set_field_values
from opora.tickets.actions.solve import reopen_ticket, solve_ticket
from opora.tickets.conditions import as_instant
from opora.tickets.models import Ticket, TicketForm
from opora.tickets.queries import ticket_for
from opora.tickets.views.ticket import render_changes

Setter = Callable[[Ticket, Any, Person], None]


@require_POST
@colleagues_only
def properties(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Set the properties that were sent, as one update."""
    ticket = ticket_for(request.user, ticket_id)
    with update(request.user):
        for name in request.POST:
            _set(ticket, name, request.POST, request.user)
    return render_changes(request, ticket)


@require_POST
@colleagues_only
def solution(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Solve the ticket."""
    ticket = solve_ticket(ticket_for(request.user, ticket_id), by=request.user)
    return toast(render_changes(request, ticket), _("Solved"))


@require_POST
@colleagues_only
def reopening(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Make the ticket open again."""
    return render_changes(request, reopen_ticket(ticket_for(request.user, ticket_id), by=request.user))


@require_POST
@colleagues_only
def following(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Follow the ticket, or cease to."""
    ticket = ticket_for(request.user, ticket_id)
    followers = [row.person for row in ticket.collaborations.filter(kind="follower").select_related("person")]
    if request.user in followers:
        rest = [person for person in followers if person != request.user]
        set_collaborators(ticket, rest, kind="follower", by=request.user)
    else:
        add_collaborators(ticket, [request.user], kind="follower", by=request.user)
    return render_changes(request, ticket)


def _set(ticket: Ticket, name: str, given: Any, by: Person) -> None:
    if name.startswith("field_") and name.removeprefix("field_").isdigit():
        set_field_values(ticket, {int(name.removeprefix("field_")): given.getlist(name)}, by=by)
    elif name in SETTERS:
        SETTERS[name](ticket, given, by)


def _subject(ticket: Ticket, given: Any, by: Person) -> None:
    change_ticket(ticket, by=by, subject=given["subject"])


def _brand(ticket: Ticket, given: Any, by: Person) -> None:
    change_ticket(ticket, by=by, brand=get_object_or_404(Brand, pk=_number(given["brand"]), is_active=True))


def _form(ticket: Ticket, given: Any, by: Person) -> None:
    change_ticket(
        ticket, by=by, form=get_object_or_404(TicketForm, pk=_number(given["form"]), is_active=True)
    )


def _due(ticket: Ticket, given: Any, by: Person) -> None:
    text = given["due_at"]
    if text and parse_date(text[:10]) is None:
        raise Invalid(_("Choose a date."), field="due_at")
    change_ticket(ticket, by=by, due_at=as_instant(text) if text else None)


def _requester(ticket: Ticket, given: Any, by: Person) -> None:
    wanted = given["requester"].strip()
    person = (
        Person.objects.filter(pk=_number(wanted)).first()
        if wanted.isdigit()
        else create_person(by=by, email=wanted)
    )
    if person is None:
        raise Invalid(_("There is no such person."), field="requester")
    change_ticket(ticket, by=by, requester=person)


def _group(ticket: Ticket, given: Any, by: Person) -> None:
    group = (
        Group.objects.filter(pk=_number(given["group"]), deleted_at=None).first() if given["group"] else None
    )
    assign_ticket(ticket, by=by, group=group)


def _followers(ticket: Ticket, given: Any, by: Person) -> None:
    ids = [_number(value) for value in given.getlist("followers") if value]
    set_collaborators(ticket, Person.objects.colleagues().filter(pk__in=ids), kind="follower", by=by)


def _plain(name: str) -> Setter:
    """A property that macros and bulk edits set by the same name and value."""

    def put(ticket: Ticket, given: Any, by: Person) -> None:
        values: Any = [value for value in given.getlist(name) if value] if name == "tags" else given[name]
        carry_out(ticket, name, values, by=by)

    return put


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Invalid(_("“%(value)s” is not a number.") % {"value": text[:40]})
    return int(text)


SETTERS: dict[str, Setter] = {
    "subject": _subject,
    "brand": _brand,
    "form": _form,
    "due_at": _due,
    "requester": _requester,
    "group": _group,
    "followers": _followers,
    "status": _plain("status"),
    "priority": _plain("priority"),
    "type": _plain("type"),
    "assignee": _plain("assignee"),
    "tags": _plain("tags"),
}

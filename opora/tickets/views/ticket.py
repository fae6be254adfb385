"""The page of one ticket, and its parts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.people.queries import active_brands, groups_in_use, identities_of
from opora.tickets.blocks import blocks_of
from opora.tickets.conversation import conversation_items, refused_replies, waiting_replies
from opora.tickets.form_rules import fields_there, required_fields, rules_of
from opora.tickets.lists import neighbours
from opora.tickets.models import Priority, Ticket, TicketForm, TicketType, View
from opora.tickets.policy import (
    may_assign,
    may_delete,
    may_edit,
    may_forward,
    may_mark_spam,
    may_merge,
    may_note,
    may_reply,
)
from opora.tickets.queries import (
    active_forms,
    active_statuses,
    collaborations_of,
    draft_of,
    field_values,
    form_fields,
    last_event_id,
    latest_others_of,
    links_of,
    tags_of,
    ticket_for,
    views_for,
)
from opora.tickets.views.workspace import list_context

OTHER_TICKETS = 6


@require_GET
@colleagues_only
def ticket_page(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The ticket beside the list it was opened from."""
    ticket = ticket_for(request.user, ticket_id)
    if ticket.merged_into_id and "stay" not in request.GET:
        return redirect("tickets:ticket", ticket.merged_into_id)
    views = list(views_for(request.user))
    view = _view(request, views)
    context = ticket_context(ticket, request.user) | context_column(ticket, request.user)
    context |= composer_context(ticket, request.user) | {"views": views, "view": view}
    if view:
        context |= list_context(
            view, request.user, {"sort": request.GET.get("sort", ""), "open": str(ticket.pk)}
        )
        before, after = neighbours(context["rows"], ticket)
        context |= {"current": view.pk, "before_id": before, "after_id": after}
    return render(request, "tickets/ticket.html", context)


@require_GET
@colleagues_only
def conversation(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Head and conversation, refreshed."""
    ticket = ticket_for(request.user, ticket_id)
    return render(request, "tickets/_refreshed.html", ticket_context(ticket, request.user))


@require_GET
@colleagues_only
def context_pane(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The column about the customer and the ticket, refreshed."""
    ticket = ticket_for(request.user, ticket_id)
    context = ticket_context(ticket, request.user) | context_column(ticket, request.user)
    return render(request, "tickets/_context_pane.html", context)


@require_GET
@colleagues_only
def composer(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The composer with the draft as it is kept."""
    ticket = ticket_for(request.user, ticket_id)
    context = {"ticket": ticket, "may": permissions(request.user, ticket)} | composer_context(
        ticket, request.user
    )
    return render(request, "tickets/_composer.html", context)


def ticket_context(ticket: Ticket, person: Person) -> dict[str, Any]:
    """Return what head and conversation show."""
    return {
        "ticket": ticket,
        "items": conversation_items(ticket, person),
        "waiting": waiting_replies(ticket),
        "refused": refused_replies(ticket, person),
        "seen": last_event_id(ticket),
        "statuses": active_statuses(),
        "priorities": Priority,
        "may": permissions(person, ticket),
        "head_blocks": blocks_of("head", ticket, person),
    }


def composer_context(ticket: Ticket, person: Person) -> dict[str, Any]:
    """Return what the composer shows: the draft, who is in copy, the statuses one can send with."""
    identities = identities_of(ticket.requester_id)
    draft = draft_of.first(ticket.pk, person.pk)
    addresses = draft.cc if draft else _addresses_in_copy(ticket)
    return {
        "draft": draft,
        "mode": draft.kind if draft else ("reply" if may_reply(person, ticket) else "note"),
        "copied": [{"value": address, "label": address} for address in addresses],
        "send_statuses": [status for status in active_statuses() if 0 < status.category < 5],
        "undeliverable": next(
            (each for each in identities if each.is_primary and each.undeliverable_at), None
        ),
    }


def _addresses_in_copy(ticket: Ticket) -> list[str]:
    copied = [row.person for row in collaborations_of(ticket.pk) if row.kind == "cc"]
    return [person.email for person in copied if person.email]


def context_column(ticket: Ticket, person: Person) -> dict[str, Any]:
    """Return what the column at the right shows."""
    collaborations, tags = collaborations_of(ticket.pk), tags_of(ticket.pk)
    other = latest_others_of(ticket.requester, by=person, beside=ticket)
    return {
        **_fields_of(ticket),
        "forms": _forms_for(ticket),
        "types": TicketType,
        "tags": tags,
        "tag_chips": [{"value": tag.name, "label": tag.name} for tag in tags],
        "groups": groups_in_use(),
        "brands": active_brands(),
        "followers": [row.person for row in collaborations if row.kind == "follower"],
        "copied_people": [row.person for row in collaborations if row.kind == "cc"],
        "links": links_of(ticket.pk),
        "incidents": list(ticket.incidents.select_related("status").order_by("-id")[:20])
        if ticket.type == 3
        else [],
        "other_tickets": other[:OTHER_TICKETS],
        "has_more_tickets": len(other) > OTHER_TICKETS,
        "identities": identities_of(ticket.requester_id),
        "context_blocks": blocks_of("context", ticket, person),
    }


def _fields_of(ticket: Ticket) -> dict[str, Any]:
    """The custom fields that are there now: those at hand, and those folded away while they are empty."""
    values, rules = field_values(ticket), rules_of(ticket.form, "agents")
    on_form = form_fields(ticket.form)
    there = fields_there([field.pk for field in on_form], rules, values)
    needed = required_fields(on_form, rules, values, status="solved")
    shown = [(field, values.get(field.pk, []), field.pk in needed) for field in on_form if field.pk in there]
    folded = [each for each in shown if each[0].is_collapsed and not each[1] and not each[2]]
    return {"fields": [each for each in shown if each not in folded], "folded_fields": folded}


def _forms_for(ticket: Ticket) -> list[TicketForm]:
    """The forms it may have, and the one that it has."""
    offered = list(active_forms(ticket.brand_id))
    return offered if ticket.form is None or ticket.form in offered else [ticket.form, *offered]


def permissions(person: Person, ticket: Ticket) -> dict[str, bool]:
    """Return what this person may do here, so that pages offer nothing that would be refused."""
    open_for_change = not ticket.is_closed
    return {
        "reply": open_for_change and may_reply(person, ticket),
        "forward": open_for_change and may_forward(person, ticket),
        "note": open_for_change and may_note(person, ticket),
        "edit": open_for_change and may_edit(person, ticket),
        "assign": open_for_change and may_assign(person, ticket),
        "merge": may_merge(person, ticket),
        "delete": may_delete(person, ticket),
        "spam": may_mark_spam(person, ticket),
    }


def render_changes(request: DeskRequest, ticket: Ticket) -> HttpResponse:
    """Return head, conversation and context of a ticket that was just changed, each to be put in its place."""
    ticket = ticket_for(request.user, ticket.pk)
    context = ticket_context(ticket, request.user) | context_column(ticket, request.user)
    return render(request, "tickets/_changes.html", context)


def _view(request: DeskRequest, views: list[View]) -> View | None:
    """The view that the ticket was opened from, else the first; None where the wanted one is not theirs."""
    wanted = request.GET.get("view", "")
    fitting = [view for view in views if str(view.pk) == wanted] if wanted.isdigit() else views
    return fitting[0] if fitting else None

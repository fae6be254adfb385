"""Why me: the account of an assignment, and of a ticket that waits."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from opora.events.models import Event
from opora.people.doors import DeskRequest, colleagues_only
from opora.routing.events import TicketRouted
from opora.routing.explaining import (
    Account,
    as_json,
    decisions_of,
    last_account,
    present_account,
    recorded_account,
)
from opora.tickets.models import Ticket
from opora.tickets.queries import ticket_for


@require_GET
@colleagues_only
def decision(request: DeskRequest, ticket_id: int, event_id: int) -> HttpResponse:
    """One assignment: who was thought of, who was left out and why."""
    ticket = ticket_for(request.user, ticket_id)
    events = Event.objects.filter(kind=TicketRouted.kind, subject_id=ticket.pk)
    return _answer(request, ticket, recorded_account(get_object_or_404(events, pk=event_id)))


@require_GET
@colleagues_only
def standing(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The ticket's place in its queue now, and the assignments before."""
    ticket = ticket_for(request.user, ticket_id)
    return _answer(request, ticket, present_account(ticket) or last_account(ticket))


def _answer(request: DeskRequest, ticket: Ticket, account: Account | None) -> HttpResponse:
    if request.GET.get("format") == "json" or "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"account": as_json(account) if account else None})
    context = {"ticket": ticket, "account": account, "decisions": decisions_of(ticket)}
    return render(request, "routing/decision.html", context)

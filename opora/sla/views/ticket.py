"""A ticket's clocks: what agents see beside it, and the account of each."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from opora.people.doors import DeskRequest, colleagues_only, permission_required
from opora.sla.account import accounts_of
from opora.sla.account_json import as_json
from opora.sla.actions.exclude_clock import count_clock_again, exclude_clock
from opora.sla.actions.waive_reply import REPLIES, waive_reply
from opora.sla.policy import CHANGE, may_change
from opora.sla.queries import countdowns
from opora.sla.strip import strip_of
from opora.tickets.policy import may_reply
from opora.tickets.queries import ticket_for


@require_GET
@colleagues_only
def clocks(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The block of the context column."""
    ticket = ticket_for(request.user, ticket_id)
    return render(request, "sla/_clocks.html", {"ticket": ticket, "clocks": countdowns(ticket.pk)})


@require_GET
@colleagues_only
def line(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """What stands in the ticket's head: the promise that breaks first."""
    ticket = ticket_for(request.user, ticket_id)
    live = [one for one in countdowns(ticket.pk) if one.is_live]
    return render(request, "sla/_line.html", {"ticket": ticket, "clocks": live[:2]})


@require_GET
@colleagues_only
def why(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The account of every clock of the ticket, on a page of its own."""
    ticket = ticket_for(request.user, ticket_id)
    found = [(account, strip_of(account)) for account in accounts_of(ticket.pk)]
    waiting = any(one.clock.is_live and one.clock.metric in REPLIES for one, _strip in found)
    context = {"ticket": ticket, "accounts": found, "chosen": request.GET.get("clock", "")}
    context["may_waive"] = waiting and not ticket.is_closed and may_reply(request.user, ticket)
    context["may_exclude"] = may_change(request.user)
    return render(request, "sla/why.html", context)


@require_GET
@colleagues_only
def account_json(request: DeskRequest, ticket_id: int) -> JsonResponse:
    """The same as data."""
    ticket = ticket_for(request.user, ticket_id)
    return JsonResponse({"clocks": [as_json(account) for account in accounts_of(ticket.pk)]})


@require_POST
@colleagues_only
def waiver(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """No reply is needed: ends the clock of the turn."""
    ticket = waive_reply(ticket_for(request.user, ticket_id), request.POST.get("reason", ""), by=request.user)
    return redirect("sla:why", ticket.pk)


@require_POST
@permission_required(CHANGE)
def exclusion(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """A broken promise is left out of the net attainment."""
    ticket, given = ticket_for(request.user, ticket_id), request.POST
    exclude_clock(ticket, given.get("clock", ""), given.get("reason", ""), by=request.user)
    return redirect("sla:why", ticket.pk)


@require_POST
@permission_required(CHANGE)
def inclusion(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """It is counted again."""
    ticket = ticket_for(request.user, ticket_id)
    count_clock_again(ticket, request.POST.get("clock", ""), by=request.user)
    return redirect("sla:why", ticket.pk)

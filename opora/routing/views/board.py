"""The board of the team, and moving work on it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from opora.core.refusals import Invalid, NotFound
from opora.core.toasts import toast
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Group, Person
from opora.people.queries import groups
from opora.routing.actions.return_ticket import return_ticket
from opora.routing.board import board_for
from opora.routing.weights import routing_settings
from opora.tickets.actions.assign import assign_ticket
from opora.tickets.models import Ticket
from opora.tickets.queries import ticket_for

QUEUE = "queue"


@require_GET
@colleagues_only
def board(request: DeskRequest) -> HttpResponse:
    """Who is there, what each carries, what waits; a fragment of it when it is refreshed."""
    group = _group(request)
    context = {
        "board": board_for(request.user, group),
        "group": group,
        "groups": groups(),
        "may_move": "tickets.assign" in request.user.allowed,
        "may_lead": "team.lead" in request.user.allowed,
        "reasons": routing_settings().away_reasons,
        "tab": "board",
    }
    fragment = request.htmx and not request.htmx.boosted
    return render(request, "routing/_board.html" if fragment else "routing/board.html", context)


@require_POST
@colleagues_only
def owner(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Give the ticket to a colleague, or back to its queue; the toast undoes it."""
    ticket = ticket_for(request.user, ticket_id)
    before = ticket.assignee_id
    said = _move(ticket, request.POST.get("to") or request.GET.get("to") or "", request.user)
    undo = f"{reverse('routing:owner', args=[ticket.pk])}?to={before or QUEUE}"
    return toast(HttpResponse(status=204), said, undo=undo)


def _move(ticket: Ticket, to: str, by: Person) -> str:
    if to == QUEUE:
        return_ticket(ticket, by=by)
        return _("#%(id)s waits in the queue") % {"id": ticket.pk}
    person = Person.objects.colleagues().filter(pk=int(to) if to.isdecimal() and len(to) < 18 else 0).first()
    if person is None:
        raise Invalid(_("Choose a colleague, or the queue."))
    assign_ticket(ticket, by=by, assignee=person)
    return _("#%(id)s is with %(name)s now") % {"id": ticket.pk, "name": person}


def _group(request: DeskRequest) -> Group | None:
    wanted = request.GET.get("group", "")
    if not wanted:
        return None
    if not wanted.isdecimal() or len(wanted) > 17:
        raise NotFound(_("There is no such group."))
    return get_object_or_404(groups(), pk=int(wanted))

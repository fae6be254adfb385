"""Who looks at a ticket, and who types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from opora.core import clock
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.look import STALE_AFTER, leave_ticket, look_at_ticket
from opora.tickets.queries import ticket_for


@require_POST
@colleagues_only
def presence(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Note that this person looks, types or has left; answer with the others."""
    ticket = ticket_for(request.user, ticket_id)
    state = request.POST.get("state")
    if state == "left":
        leave_ticket(ticket, by=request.user)
        return HttpResponse(status=204)
    look_at_ticket(
        ticket, by=request.user, is_typing=state == "typing", read_to=ticket.metric.last_comment_id
    )
    others = ticket.presences.filter(seen_at__gt=clock.now() - STALE_AFTER).exclude(person=request.user)
    return render(request, "tickets/_presence.html", {"presences": others.select_related("person")})

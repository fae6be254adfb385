"""A forwarded mail: making its original sender the requester."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from opora.channels.email.actions.use_original_sender import use_original_sender
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.queries import ticket_for


@require_POST
@colleagues_only
def original_sender(request: DeskRequest, ticket_id: int) -> HttpResponse:
    ticket = ticket_for(request.user, ticket_id)
    use_original_sender(ticket, by=request.user)
    return redirect(ticket)

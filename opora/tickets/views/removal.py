"""Bin and spam, there and back."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.core.toasts import go_to, toast
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.remove import delete_ticket, mark_spam, restore_ticket
from opora.tickets.models import Ticket
from opora.tickets.queries import ticket_for


@require_POST
@colleagues_only
def deletion(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Put the ticket into the bin."""
    ticket = delete_ticket(ticket_for(request.user, ticket_id), by=request.user)
    return _gone(ticket, _("Deleted"))


@require_POST
@colleagues_only
def spam(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Take the ticket for spam."""
    ticket = mark_spam(ticket_for(request.user, ticket_id), by=request.user)
    return _gone(ticket, _("Marked as spam; what this sender writes is held back now"))


@require_POST
@colleagues_only
def restoration(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Bring the ticket back."""
    ticket = restore_ticket(ticket_for(request.user, ticket_id), by=request.user)
    return go_to(ticket.get_absolute_url())


def _gone(ticket: Ticket, text: str) -> HttpResponse:
    response = go_to(reverse("tickets:workspace"))
    return toast(response, text, undo=reverse("tickets:restoration", args=[ticket.pk]), seconds=10)

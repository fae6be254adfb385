"""Applying a macro."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from opora.core.toasts import toast
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.apply_macro import apply_macro
from opora.tickets.queries import macros_for, ticket_for
from opora.tickets.views.ticket import render_changes


@require_POST
@colleagues_only
def macro(request: DeskRequest, ticket_id: int, macro_id: int) -> HttpResponse:
    """Set the properties of the macro; its words are put into the composer by the page."""
    ticket = ticket_for(request.user, ticket_id)
    chosen = get_object_or_404(macros_for(request.user), pk=macro_id)
    apply_macro(ticket, chosen, by=request.user)
    return toast(render_changes(request, ticket), _("Applied “%(title)s”") % {"title": chosen.title})

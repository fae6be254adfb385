"""Passing messages on to somebody outside."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opora.channels.email.outgoing.passing import Passing, passing, refuse_impossible
from opora.core.html import text_to_html
from opora.core.toasts import toast
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.policy import require
from opora.tickets.actions.forward import NewForward, forward_messages
from opora.tickets.actions.schedule_reply import UNDO_SECONDS
from opora.tickets.models import Ticket
from opora.tickets.policy import may_forward
from opora.tickets.queries import ticket_for
from opora.tickets.views.reply import whole_numbers
from opora.tickets.views.ticket import render_changes


@require_http_methods(["GET", "POST"])
@colleagues_only
def forwards(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """What to pass on and to whom; on POST it leaves in ten seconds."""
    ticket = ticket_for(request.user, ticket_id)
    require(may_forward(request.user, ticket))
    if request.method == "GET":
        return render(request, "email/_forward.html", {"ticket": ticket, "passing": _asked(request, ticket)})
    new = _given(request, ticket)
    refuse_impossible(ticket, [*new.to, *new.cc])
    scheduled = forward_messages(ticket, new, by=request.user)
    undo = reverse("tickets:cancellation", args=[scheduled.pk])
    return toast(render_changes(request, ticket), _("Forwarded"), undo=undo, seconds=UNDO_SECONDS)


def _asked(request: DeskRequest, ticket: Ticket) -> Passing:
    """The message it was asked for; what was taken back a moment ago; else the whole conversation."""
    asked = {name: next(iter(whole_numbers([request.GET.get(name, "")])), 0) for name in ("comment", "again")}
    return passing(ticket, comment_id=asked["comment"], again_id=asked["again"], by=request.user)


def _given(request: DeskRequest, ticket: Ticket) -> NewForward:
    given = request.POST
    numbers = {
        name: whole_numbers(given.getlist(name)) for name in ("comments", "files", "attachments", "answers")
    }
    return NewForward(
        to=given.getlist("to"),
        cc=given.getlist("copied"),
        subject=given.get("subject", ""),
        html=text_to_html(given.get("words", "")),
        comment_ids=numbers["comments"],
        attachment_ids=numbers["files"],
        upload_ids=numbers["attachments"],
        answers=ticket.forwards.filter(pk__in=numbers["answers"]).first(),
    )

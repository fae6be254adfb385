"""Merging, splitting, linking."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opora.core.toasts import go_to, toast
from opora.events.models import Event
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.link import link_tickets, unlink_tickets
from opora.tickets.actions.merge import merge_tickets, unmerge_ticket
from opora.tickets.actions.split import split_comment
from opora.tickets.models import Comment, Ticket
from opora.tickets.queries import other_tickets_of, ticket_for
from opora.tickets.views.properties import _number
from opora.tickets.views.ticket import render_changes


@require_http_methods(["GET", "POST"])
@colleagues_only
def merge(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Choose the ticket to merge into, and merge."""
    ticket = ticket_for(request.user, ticket_id)
    if request.method == "GET":
        others = other_tickets_of(ticket.requester, by=request.user, beside=ticket).filter(merged_into=None)[
            :8
        ]
        return render(request, "tickets/_merge.html", {"ticket": ticket, "others": others})
    into = ticket_for(request.user, _number(request.POST.get("into", "").strip().lstrip("#")))
    merge_tickets([ticket], into=into, by=request.user)
    response = go_to(into.get_absolute_url())
    undo = reverse("tickets:unmerge", args=[ticket.pk])
    return toast(response, _("Merged into #%(id)s") % {"id": into.pk}, undo=undo, seconds=10)


@require_POST
@colleagues_only
def unmerge(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Take a merged ticket out again."""
    ticket = ticket_for(request.user, ticket_id)
    unmerge_ticket(ticket, by=request.user, status_before=_status_before(ticket))
    return go_to(ticket.get_absolute_url())


@require_POST
@colleagues_only
def split(request: DeskRequest, comment_id: int) -> HttpResponse:
    """Make a comment the beginning of a new ticket, and open that."""
    comment = get_object_or_404(Comment.objects.select_related("ticket", "author"), pk=comment_id)
    ticket_for(request.user, comment.ticket_id)
    new = split_comment(comment, subject=request.POST.get("subject", ""), by=request.user)
    return go_to(new.get_absolute_url())


@require_http_methods(["GET", "POST"])
@colleagues_only
def links(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Link with another ticket."""
    ticket = ticket_for(request.user, ticket_id)
    if request.method == "GET":
        return render(request, "tickets/_link.html", {"ticket": ticket})
    other = ticket_for(request.user, _number(request.POST.get("other", "").strip().lstrip("#")))
    kind = request.POST.get("kind", "related")
    source, target = (other, ticket) if kind in {"parent", "problem"} else (ticket, other)
    link_tickets(
        source, target, kind={"parent": "child", "problem": "incident"}.get(kind, kind), by=request.user
    )
    return render_changes(request, ticket)


@require_POST
@colleagues_only
def unlinking(request: DeskRequest, ticket_id: int, other_id: int) -> HttpResponse:
    """Remove the links with another ticket."""
    ticket = ticket_for(request.user, ticket_id)
    unlink_tickets(ticket, ticket_for(request.user, other_id), by=request.user)
    return render_changes(request, ticket)


def _status_before(ticket: Ticket) -> int | None:
    merged = Event.objects.filter(subject_kind="ticket", subject_id=ticket.pk, kind="ticket.merged")
    last = merged.order_by("-id").first()
    return last.body["status_before"] if last else None

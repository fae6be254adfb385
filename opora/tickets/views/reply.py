"""Writing: replies and notes, their ten seconds, drafts."""

from datetime import datetime
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from opora.core.refusals import Invalid
from opora.core.toasts import go_to, toast
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.save_draft import save_draft
from opora.tickets.actions.schedule_reply import (
    UNDO_SECONDS,
    NewReply,
    Stale,
    cancel_reply,
    schedule_reply,
    send_now,
)
from opora.tickets.models import ScheduledReply, Status
from opora.tickets.queries import ticket_for
from opora.tickets.views.ticket import composer_context, context_column, render_changes, ticket_context


@require_POST
@colleagues_only
def comments(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Take a reply or note on its way; when something came in between, show it and keep the words."""
    ticket = ticket_for(request.user, ticket_id)
    try:
        scheduled = schedule_reply(ticket, _new_reply(request), by=request.user)
    except Stale as stale:
        context = ticket_context(ticket, request.user) | {"came": stale.comments}
        return render(request, "tickets/_stale.html", context, status=422)
    following = request.POST.get("next", "")
    if request.user.opens_next_ticket and following.isdigit():
        return _with_undo(go_to(_beside(request, int(following))), scheduled)
    ticket = ticket_for(request.user, ticket_id)
    context = ticket_context(ticket, request.user) | context_column(ticket, request.user)
    context |= composer_context(ticket, request.user)
    return _with_undo(render(request, "tickets/_sent.html", context), scheduled)


@require_POST
@colleagues_only
def cancellation(request: DeskRequest, scheduled_id: int) -> HttpResponse:
    """Take a reply back; its words are in the composer again."""
    scheduled = _scheduled(request, scheduled_id)
    cancel_reply(scheduled, by=request.user)
    if scheduled.forward_id:
        return _with_form_again(render_changes(request, scheduled.ticket), scheduled)
    ticket = ticket_for(request.user, scheduled.ticket_id)
    context = ticket_context(ticket, request.user) | context_column(ticket, request.user)
    context |= composer_context(ticket, request.user)
    return toast(
        render(request, "tickets/_sent.html", context), _("Taken back. Your words are in the composer.")
    )


@require_POST
@colleagues_only
def departure(request: DeskRequest, scheduled_id: int) -> HttpResponse:
    """Send a waiting reply at once."""
    scheduled = _scheduled(request, scheduled_id)
    send_now(scheduled)
    return render_changes(request, scheduled.ticket)


@require_POST
@colleagues_only
def draft(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """Keep what is being typed."""
    ticket = ticket_for(request.user, ticket_id)
    save_draft(
        ticket,
        by=request.user,
        kind="reply" if request.POST.get("public") == "true" else "note",
        html=request.POST.get("body", ""),
        cc=request.POST.getlist("cc"),
        attachment_ids=whole_numbers(request.POST.getlist("attachments")),
    )
    return JsonResponse({"saved": True})


def whole_numbers(texts: list[str]) -> list[int]:
    """Return the texts that are numbers, as numbers."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]


def _new_reply(request: DeskRequest) -> NewReply:
    given = request.POST
    seen = given.get("seen", "")
    return NewReply(
        html=given.get("body", ""),
        is_public=given.get("public") == "true",
        cc=given.getlist("cc"),
        attachment_ids=whole_numbers(given.getlist("attachments")),
        status=Status.objects.filter(pk__in=whole_numbers([given.get("status", "")]), is_active=True).first(),
        seen_event_id=int(seen) if seen.isdigit() else None,
        send_at=_moment(given.get("send_at", "")),
    )


def _moment(text: str) -> datetime | None:
    """The time chosen in the person's own zone."""
    if not text:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(_("Choose a date and a time."), field="send_at")
    zone = timezone.get_current_timezone()
    return moment if moment.tzinfo else moment.replace(tzinfo=zone if isinstance(zone, ZoneInfo) else None)


def _beside(request: DeskRequest, ticket_id: int) -> str:
    """The address of another ticket beside the same list."""
    where = urlencode({name: request.POST[name] for name in ("view", "sort") if request.POST.get(name)})
    return f"{reverse('tickets:ticket', args=[ticket_id])}?{where}"


def _scheduled(request: DeskRequest, scheduled_id: int) -> ScheduledReply:
    scheduled = get_object_or_404(
        ScheduledReply.objects.select_related("ticket", "author__role", "forward__answers"), pk=scheduled_id
    )
    ticket_for(request.user, scheduled.ticket_id)
    return scheduled


def _with_form_again(response: HttpResponse, scheduled: ScheduledReply) -> HttpResponse:
    """Open the form of a forward that was taken back, as it was filled in."""
    source = f"{reverse('email:forwards', args=[scheduled.ticket_id])}?again={scheduled.pk}"
    return trigger_client_event(response, "opora:dialog", {"src": source})


def _with_undo(response: HttpResponse, scheduled: ScheduledReply) -> HttpResponse:
    undo = reverse("tickets:cancellation", args=[scheduled.pk])
    seconds = (scheduled.due_at - scheduled.created_at).total_seconds()
    if seconds > UNDO_SECONDS + 1:
        return toast(response, _("It will be sent at the time you chose."), undo=undo, seconds=UNDO_SECONDS)
    text = _("Reply sent") if scheduled.is_public else _("Note added")
    return toast(response, text, undo=undo, seconds=UNDO_SECONDS)

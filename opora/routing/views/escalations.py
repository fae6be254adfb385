"""Escalations: asking another group, answering, and the list of each group."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.pagination import keyset_page
from opora.core.toasts import toast
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.policy import require
from opora.people.queries import groups
from opora.routing.actions.accept_escalation import accept_escalation
from opora.routing.actions.escalate import NewEscalation, escalate_ticket
from opora.routing.actions.hand_back import hand_back
from opora.routing.actions.reject_escalation import reject_escalation
from opora.routing.actions.withdraw_escalation import withdraw_escalation
from opora.routing.escalations import (
    STATES,
    escalation_for,
    escalations_for,
    lines,
    measures_of,
    with_tickets,
)
from opora.routing.forms import AnswerForm, EscalationForm, RejectionForm
from opora.routing.models import Escalation
from opora.routing.policy import may_answer_escalation, may_escalate
from opora.tickets.actions.upload import upload_attachment
from opora.tickets.models import Ticket
from opora.tickets.queries import ticket_for
from opora.tickets.views.ticket import render_changes

PAGE = 50


@require_GET
@colleagues_only
def escalations(request: DeskRequest) -> HttpResponse:
    """The escalations of a group or of all, in one state or in all; newest first."""
    group = _wanted_group(request)
    state = request.GET.get("state", "open")
    found = escalations_for(request.user, group=group, state=state)
    page = keyset_page(
        found, order=["-id"], size=PAGE, cursor=request.GET.get("cursor", ""), load=with_tickets
    )
    context = {"page": page, "group": group, "state": state, "tab": "escalations"}
    if request.GET.get("cursor"):
        return render(request, "routing/_escalation_rows.html", context)
    context |= {"lines": lines(), "states": _states(), "measures": measures_of(group)}
    return render(request, "routing/escalations.html", context)


@require_http_methods(["GET", "POST"])
@colleagues_only
def escalation(request: DeskRequest, ticket_id: int) -> HttpResponse:
    """The dialog that escalates a ticket: first the group, then what that group wants to know."""
    ticket = ticket_for(request.user, ticket_id)
    require(may_escalate(request.user, ticket))
    offered = [line for line in lines() if line.group_id != ticket.group_id]
    chosen = request.POST.get("line") or request.GET.get("line")
    form = EscalationForm(request.POST or None, request.FILES or None, lines=offered, chosen=chosen)
    if attempt(form, lambda given: _escalate(ticket, form, request)):
        return toast(render_changes(request, ticket), _("Escalated"))
    context = {"ticket": ticket, "form": form, "line": form.line, "lines": offered}
    return render(request, "routing/_escalate.html", context, status=status_of(form))


@require_POST
@colleagues_only
def acceptance(request: DeskRequest, escalation_id: int) -> HttpResponse:
    """Take the escalation."""
    accepted = accept_escalation(escalation_for(request.user, escalation_id), by=request.user)
    return toast(render_changes(request, accepted.ticket), _("Accepted"))


@require_http_methods(["GET", "POST"])
@colleagues_only
def rejection(request: DeskRequest, escalation_id: int) -> HttpResponse:
    """Send the escalation back unaccepted."""
    found = escalation_for(request.user, escalation_id)
    require(may_answer_escalation(request.user, found))
    form = RejectionForm(request.POST or None)
    if attempt(form, lambda given: reject_escalation(found, by=request.user, **given)):
        return toast(render_changes(request, found.ticket), _("Sent back"))
    return render(
        request, "routing/_reject.html", {"escalation": found, "form": form}, status=status_of(form)
    )


@require_http_methods(["GET", "POST"])
@colleagues_only
def answer(request: DeskRequest, escalation_id: int) -> HttpResponse:
    """Answer the escalation and hand the ticket back."""
    found = escalation_for(request.user, escalation_id)
    require(may_answer_escalation(request.user, found))
    form = AnswerForm(request.POST or None)
    if attempt(form, lambda given: hand_back(found, by=request.user, **given)):
        return toast(render_changes(request, found.ticket), _("Handed back"))
    context = {"escalation": found, "form": form}
    return render(request, "routing/_hand_back.html", context, status=status_of(form))


@require_POST
@colleagues_only
def withdrawal(request: DeskRequest, escalation_id: int) -> HttpResponse:
    """Take the escalation back."""
    taken = withdraw_escalation(escalation_for(request.user, escalation_id), by=request.user)
    return toast(render_changes(request, taken.ticket), _("Taken back"))


def _escalate(ticket: Ticket, form: EscalationForm, request: DeskRequest) -> Escalation:
    assert form.line
    files = {
        item_id: upload_attachment(
            sent.chunks(), name=sent.name or "", content_type=sent.content_type or "", uploader=request.user
        )
        for item_id, sent in form.files_by_item().items()
    }
    new = NewEscalation(
        line=form.line, reason=form.cleaned_data["reason"], answers=form.answers_by_item(), files=files
    )
    return escalate_ticket(ticket, new, by=request.user)


def _wanted_group(request: DeskRequest) -> Any:
    wanted = request.GET.get("group", "")
    return get_object_or_404(groups(), pk=int(wanted)) if wanted.isdecimal() and len(wanted) < 18 else None


def _states() -> list[tuple[str, str]]:
    return [(name, str(Escalation.State(name).label)) for name in STATES] + [("all", _("All"))]

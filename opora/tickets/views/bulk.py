"""Changing many tickets at once."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from opora.core.refusals import Invalid, Refusal
from opora.core.toasts import go_to, toast
from opora.events.recording import update
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.tickets.actions.apply_macro import STEPS, carry_out
from opora.tickets.actions.merge import merge_tickets
from opora.tickets.actions.remove import delete_ticket, mark_spam
from opora.tickets.models import Ticket
from opora.tickets.queries import ticket_for
from opora.tickets.views.reply import whole_numbers

MOST = 500


@require_POST
@colleagues_only
def bulk(request: DeskRequest) -> HttpResponse:
    """Do one thing to every chosen ticket; those that refuse are named, the rest is done."""
    ids = whole_numbers(request.POST.getlist("ticket"))
    if not 0 < len(ids) <= MOST:
        raise Invalid(_("Choose between 1 and 500 tickets."))
    verb = request.POST.get("do", "")
    if verb == "merge":
        return _merge(ids, request.user)
    refused = [refusal for ticket_id in ids if (refusal := _change(ticket_id, verb, request))]
    response = HttpResponse(status=200, headers={"HX-Trigger": "tickets-changed"})
    done = len(ids) - len(refused)
    text = ngettext("%(count)d ticket changed", "%(count)d tickets changed", done) % {"count": done}
    if refused:
        return toast(response, f"{text}. {refused[0]}", kind="danger")
    return toast(response, text)


def _change(ticket_id: int, verb: str, request: DeskRequest) -> str:
    """Change one ticket in an update of its own; returns why not, or ""."""
    try:
        ticket = ticket_for(request.user, ticket_id)
        with update(request.user):
            _do(ticket, verb, request)
    except Refusal as refusal:
        return f"#{ticket_id}: {refusal.sentence}"
    return ""


def _do(ticket: Ticket, verb: str, request: DeskRequest) -> None:
    if verb == "delete":
        delete_ticket(ticket, by=request.user)
    elif verb == "spam":
        mark_spam(ticket, by=request.user)
    elif verb in STEPS:
        value = request.POST.get("value", "")
        carry_out(ticket, verb, value.split() if verb.endswith("tags") else value, by=request.user)
    else:
        raise Invalid(_("Choose what to do."))


def _merge(ids: list[int], person: Person) -> HttpResponse:
    """Merge the chosen tickets into the oldest of them."""
    tickets = [ticket_for(person, ticket_id) for ticket_id in sorted(set(ids))]
    into = merge_tickets(tickets[1:], into=tickets[0], by=person)
    return go_to(into.get_absolute_url())

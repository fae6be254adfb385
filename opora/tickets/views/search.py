"""The search page and the palette."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.people.queries import named_like
from opora.search.highlight import highlight
from opora.search.matching import expand
from opora.tickets.blocks import palette_groups_of
from opora.tickets.models import Comment, Ticket
from opora.tickets.queries import views_for
from opora.tickets.searching import Found, search_tickets

IN_PALETTE = 6


@dataclass
class Result:
    """A found ticket with its subject and the best passage, matching words marked."""

    ticket: Ticket
    subject: SafeString
    passage: SafeString


@require_GET
@colleagues_only
def search(request: DeskRequest) -> HttpResponse:
    """Tickets and people that fit the words and fields."""
    typed = request.GET.get("q", "").strip()
    found = search_tickets(typed, by=request.user)
    context = {"typed": typed, "results": _results(found), "found": found, "people": _people(typed)}
    return render(request, "tickets/search.html", context)


@require_GET
@colleagues_only
def palette(request: DeskRequest) -> HttpResponse:
    """The palette's groups: tickets, people, views, and what other rooms find."""
    typed = request.GET.get("q", "").strip()
    found = search_tickets(typed, by=request.user, limit=IN_PALETTE) if typed else None
    views = [view for view in views_for(request.user) if typed.lower() in view.title.lower()][:IN_PALETTE]
    context = {
        "typed": typed,
        "tickets": found.tickets if found else [],
        "people": _people(typed),
        "views": views,
        "groups": palette_groups_of(typed, request.user),
    }
    return render(request, "tickets/_palette.html", context)


def _people(typed: str) -> list[Person]:
    if len(typed) < 2:
        return []
    return list(named_like(Person.objects.filter(merged_into=None, is_active=True), typed)[:IN_PALETTE])


def _results(found: Found) -> list[Result]:
    if not found.tickets:
        return []
    match = expand(found.query.text) if found.query.text else None
    texts = _texts([ticket.pk for ticket in found.tickets])
    results = []
    for ticket in found.tickets:
        text = texts.get(ticket.pk, "")
        subject = highlight(ticket.subject, match, width=160) if match else SafeString("")
        passage = highlight(text, match) if match and text else SafeString("")
        results.append(Result(ticket, subject, passage))
    return results


def _texts(ids: list[int]) -> dict[int, str]:
    """The words of each ticket, in one query: its comments, newest last, up to a few thousand characters."""
    texts: dict[int, str] = {}
    for ticket_id, text in (
        Comment.objects.filter(ticket_id__in=ids).order_by("id").values_list("ticket_id", "text")
    ):
        if len(texts.get(ticket_id, "")) < 6000:
            texts[ticket_id] = f"{texts.get(ticket_id, '')} {text[:3000]}"
    return texts

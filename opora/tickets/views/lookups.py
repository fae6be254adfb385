"""Short lists for fields that find: people, tags, tickets, macros. Each answers [{value, label, hint}]."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Group, Organization, Person
from opora.people.queries import named_like
from opora.tickets.models import Tag, Ticket
from opora.tickets.placeholders import fill_in_or_leave, values_of
from opora.tickets.queries import macros_for, ticket_for, tickets_for

MOST = 12


@require_GET
@colleagues_only
def people(request: DeskRequest) -> JsonResponse:
    """Anybody, by the beginning of a name or address; `value` is the address with ?by=email, else the id."""
    found = named_like(Person.objects.filter(merged_into=None, is_active=True), request.GET.get("q", ""))
    by_email = request.GET.get("by") == "email"
    rows = [person for person in found[:MOST] if person.email or not by_email]
    return _answer(
        {"value": person.email if by_email else person.pk, "label": str(person), "hint": person.email}
        for person in rows
    )


@require_GET
@colleagues_only
def colleagues(request: DeskRequest) -> JsonResponse:
    """Colleagues, by the beginning of a name; with ?nobody=1 also nobody."""
    found = named_like(Person.objects.colleagues(), request.GET.get("q", ""))
    return _answer(
        {
            "value": person.pk,
            "label": str(person),
            "hint": "",
            "url": reverse("people:person", args=[person.pk]),
        }
        for person in found[:MOST]
    )


@require_GET
@colleagues_only
def groups(request: DeskRequest) -> JsonResponse:
    found = Group.objects.filter(deleted_at=None, name__icontains=request.GET.get("q", ""))
    return _answer({"value": group.pk, "label": group.name, "hint": ""} for group in found[:MOST])


@require_GET
@colleagues_only
def organizations(request: DeskRequest) -> JsonResponse:
    found = Organization.objects.filter(name__istartswith=request.GET.get("q", ""))
    return _answer({"value": row.pk, "label": row.name, "hint": ""} for row in found[:MOST])


@require_GET
@colleagues_only
def tags(request: DeskRequest) -> JsonResponse:
    found = Tag.objects.filter(name__startswith=request.GET.get("q", "").lower())
    return _answer({"value": tag.name, "label": tag.name, "hint": ""} for tag in found[:MOST])


@require_GET
@colleagues_only
def tickets(request: DeskRequest) -> JsonResponse:
    """Tickets by number, or the newest whose subject has the words."""
    text = request.GET.get("q", "").strip().lstrip("#")
    found = tickets_for(request.user).select_related("requester").order_by("-updated_at")
    if text.isdigit() and len(text) < 18:
        found = found.filter(pk=int(text))
    elif text:
        found = found.filter(pk__in=_subjects_like(found, text))
    return _answer(
        {"value": ticket.pk, "label": f"#{ticket.pk} {ticket.subject}", "hint": str(ticket.requester)}
        for ticket in found[:MOST]
    )


@require_GET
@colleagues_only
def macros(request: DeskRequest) -> JsonResponse:
    """Macros whose title has the words, filled in for the ticket of ?ticket=."""
    ticket = ticket_for(request.user, int(request.GET.get("ticket", "0") or 0))
    found = macros_for(request.user).filter(title__icontains=request.GET.get("q", ""))
    values = values_of(ticket, request.user)
    return _answer(
        {
            "value": macro.pk,
            "label": macro.title,
            "hint": macro.description,
            "html": fill_in_or_leave(macro.html, values),
            "apply": reverse("tickets:macro", args=[ticket.pk, macro.pk]) if macro.actions else "",
        }
        for macro in found[:MOST]
    )


def _subjects_like(tickets: QuerySet[Ticket], text: str) -> list[int]:
    newest = tickets.values_list("pk", "subject")[:2000]
    return [pk for pk, subject in newest if text.lower() in subject.lower()][:MOST]


def _answer(rows: Iterable[dict[str, Any]]) -> JsonResponse:
    return JsonResponse(list(rows), safe=False)

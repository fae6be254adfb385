"""The tickets of a person or an organization, as a part of their pages; and joining two people with theirs."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.core.pagination import keyset_page
from opora.core.toasts import go_to, toast
from opora.people.doors import DeskRequest, colleagues_only, permission_required
from opora.people.queries import person_of
from opora.tickets.actions.make_customer import make_customer
from opora.tickets.actions.merge_people import merge_people
from opora.tickets.actions.unmerge_people import unmerge_people
from opora.tickets.merge_forms import MergePeopleForm
from opora.tickets.models import Ticket
from opora.tickets.queries import tickets_for

PAGE_SIZE = 20
UNDO_SECONDS = 12


@require_GET
@colleagues_only
def person_tickets(request: DeskRequest, person_id: int) -> HttpResponse:
    """What the person asked for, newest first; of a colleague, what is theirs to do."""
    person = person_of(person_id)
    rows = tickets_for(request.user)
    rows = rows.filter(assignee=person) if person.role_id else rows.filter(requester=person)
    return _part(request, rows)


@require_GET
@colleagues_only
def organization_tickets(request: DeskRequest, organization_id: int) -> HttpResponse:
    """What people of the organization asked for, newest first."""
    rows = tickets_for(request.user).filter(organization_id=organization_id)
    return _part(request, rows, with_requester=True)


@require_http_methods(["GET", "POST"])
@permission_required("people.merge")
def people_merge(request: DeskRequest, person_id: int) -> HttpResponse:
    """Choose who the person really is, and join the two."""
    source = person_of(person_id)
    form = MergePeopleForm(request.POST or None, source=source)
    into = attempt(form, lambda given: merge_people(source, into=given["into"], by=request.user))
    if into:
        undo = reverse("tickets:unmerge_people", args=[source.pk])
        said = _("Merged into %(name)s") % {"name": into}
        return toast(_to_person(request, into.pk), said, undo=undo, seconds=UNDO_SECONDS)
    count = Ticket.objects.filter(requester=source)[:1000].count()
    context = {"form": form, "source": source, "tickets": count}
    return render(request, "tickets/merge_people.html", context, status=status_of(form))


@require_POST
@permission_required("people.merge")
def people_unmerge(request: DeskRequest, person_id: int) -> HttpResponse:
    """Make two people of them again."""
    source = person_of(person_id)
    unmerge_people(source, by=request.user)
    return toast(_to_person(request, source.pk), _("They are two people again."))


@require_POST
@permission_required("settings.people")
def customer(request: DeskRequest, person_id: int) -> HttpResponse:
    """Make a customer of a colleague."""
    person = make_customer(person_of(person_id), by=request.user)
    messages.success(request, _("%(name)s is a customer now") % {"name": person})
    return redirect("people:person", person.pk)


def _to_person(request: DeskRequest, person_id: int) -> HttpResponse:
    """A fragment's request keeps the page, so that its toast stays; any other is redirected."""
    url = reverse("people:person", args=[person_id])
    return go_to(url) if request.htmx else redirect(url)


def _part(request: DeskRequest, rows: QuerySet[Ticket], *, with_requester: bool = False) -> HttpResponse:
    shown = rows.select_related("status", "brand", "requester", "assignee")
    page = keyset_page(shown, order=["-created_at"], size=PAGE_SIZE, cursor=request.GET.get("cursor", ""))
    template = "tickets/_tickets_of_rows.html" if request.GET.get("cursor") else "tickets/_tickets_of.html"
    return render(request, template, {"page": page, "with_requester": with_requester})

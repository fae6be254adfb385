"""Views in their order."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from opora.people.doors import DeskRequest, colleagues_only
from opora.people.models import Person
from opora.tickets.actions.put_in_order import put_in_order
from opora.tickets.actions.save_view import save_view
from opora.tickets.models import View
from opora.tickets.queries import views_for
from opora.tickets.views.settings_order import asked_row, moved

SHARE = "views.share"


@require_GET
@colleagues_only
def view_list(request: DeskRequest) -> HttpResponse:
    """The shared views and one's own."""
    person = request.user
    context = {"shared": _shared(person), "own": _own(person), "may_share": SHARE in person.allowed}
    return render(request, "tickets/settings/views.html", context)


@require_POST
@colleagues_only
def view_order(request: DeskRequest) -> HttpResponse:
    """Put a view, or all of them, in another place among their like."""
    person = request.user
    own = _own(person)
    rows = own if asked_row(request.POST) in {str(row.pk) for row in own} else _shared(person)
    put_in_order(moved(rows, request.POST), save=save_view, by=person)
    return redirect("tickets:views")


def _own(person: Person) -> QuerySet[View]:
    return View.objects.filter(owner=person)


def _shared(person: Person) -> QuerySet[View]:
    if SHARE in person.allowed:
        return View.objects.filter(owner=None).select_related("group")
    return views_for(person).filter(Q(owner=None)).select_related("group")

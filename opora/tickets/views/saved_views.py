"""Making and changing views."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, colleagues_only
from opora.tickets.actions.save_view import delete_view, save_view
from opora.tickets.models import View
from opora.tickets.queries import views_for
from opora.tickets.view_forms import ViewForm, initial_of_view


@require_http_methods(["GET", "POST"])
@colleagues_only
def new_view(request: DeskRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@colleagues_only
def edit_view(request: DeskRequest, view_id: int) -> HttpResponse:
    return _edit(request, get_object_or_404(views_for(request.user), pk=view_id))


@require_POST
@colleagues_only
def view_deletion(request: DeskRequest, view_id: int) -> HttpResponse:
    delete_view(get_object_or_404(views_for(request.user), pk=view_id), by=request.user)
    return redirect("tickets:workspace")


def _edit(request: DeskRequest, view: View | None) -> HttpResponse:
    form = ViewForm(request.POST or None, by=request.user, initial=initial_of_view(view))
    saved = attempt(form, lambda _given: save_view(view, by=request.user, **form.values(view)))
    if saved:
        return redirect("tickets:view", saved.pk)
    return render(request, "tickets/view_form.html", {"form": form, "view": view}, status=status_of(form))

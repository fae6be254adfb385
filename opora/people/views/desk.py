"""The first page of the settings, and those of the desk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from opora.core.attempts import attempt, status_of
from opora.core.refusals import NotFound
from opora.people import queries
from opora.people.actions.save_desk import save_desk
from opora.people.doors import DeskRequest, colleagues_only, permission_required
from opora.people.forms import initial_of
from opora.people.sections import chapters_for
from opora.people.settings_forms import DeskForm


@require_GET
@colleagues_only
def index(request: DeskRequest) -> HttpResponse:
    """Every page of the settings that this colleague may open."""
    return render(request, "people/settings/index.html", {"chapters": chapters_for(request)})


@require_http_methods(["GET", "POST"])
@permission_required("settings.desk")
def desk(request: DeskRequest) -> HttpResponse:
    """Name, language and zone of the desk."""
    row = queries.desk()
    if row is None:
        raise NotFound(_("This desk is not set up yet."))
    form = DeskForm(request.POST or None, initial=initial_of(row, DeskForm))
    if attempt(form, lambda given: save_desk(row, by=request.user, **given)):
        messages.success(request, _("Saved"))
        return redirect("people:desk")
    context = {"form": form, "title": _("Desk")}
    return render(request, "people/settings/form.html", context, status=status_of(form))

"""What a colleague decides for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opora.core.attempts import attempt, status_of
from opora.people.actions.change_person import change_person
from opora.people.doors import DeskRequest, colleagues_only
from opora.people.forms import ProfileForm, initial_of


@require_http_methods(["GET", "POST"])
@colleagues_only
def me(request: DeskRequest) -> HttpResponse:
    """Name, language, zone, theme, density, signature."""
    person = request.user
    initial = initial_of(person, ProfileForm)
    initial["locale"] = person.locale or translation.get_language()
    form = ProfileForm(request.POST or None, initial=initial)
    if attempt(form, lambda given: change_person(person, by=person, **given)):
        with translation.override(person.locale):
            messages.success(request, _("Saved"))
        return redirect("people:me")
    return render(request, "people/settings/me.html", {"form": form}, status=status_of(form))


def email(request: HttpRequest) -> HttpResponse:
    """Stands before django-allauth's page of addresses: ours are on the person's own page, with their own rules."""
    return redirect("people:me")

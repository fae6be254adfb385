"""An invited colleague joins."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from opora.core.attempts import attempt, status_of
from opora.people.actions.invite_colleague import accept_invitation, open_invitation
from opora.people.forms import JoinForm

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a name and a password, and come in. The link works once and tells nothing when it does not."""
    invited = open_invitation(token)
    form = JoinForm(request.POST or None, initial={"name": invited.person.name})
    person = attempt(form, lambda given: accept_invitation(invited, **given))
    if person:
        login(request, person, backend=BACKEND)
        return redirect("tickets:workspace")
    context = {"form": form, "invited": invited}
    return render(request, "people/invitation.html", context, status=status_of(form))

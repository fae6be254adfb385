"""API tokens of a colleague; whoever runs the desk sees and revokes everybody's."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from opora.api.actions.create_token import create_token
from opora.api.actions.revoke_token import revoke_token
from opora.api.forms import TokenForm
from opora.api.models import ApiToken
from opora.core.attempts import attempt, status_of
from opora.people.doors import DeskRequest, permission_required
from opora.people.models import Person
from opora.people.policy import may

USE = "api.use"
MOST = 200


@require_GET
@permission_required(USE)
def token_list(request: DeskRequest) -> HttpResponse:
    context = {"tokens": _tokens_for(request.user)[:MOST], "shows_people": may(request.user, "settings.desk")}
    return render(request, "api/tokens.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(USE)
def new_token(request: DeskRequest) -> HttpResponse:
    """Make a token; the answer shows its secret once."""
    form = TokenForm(request.POST or None)
    made = attempt(form, lambda given: create_token(request.user, by=request.user, **given))
    if made:
        token, secret = made
        return render(request, "api/token_made.html", {"token": token, "secret": secret}, status=201)
    return render(request, "api/token_form.html", {"form": form}, status=status_of(form))


@require_POST
@permission_required(USE)
def revocation(request: DeskRequest, token_id: int) -> HttpResponse:
    """Make a token useless."""
    token = revoke_token(get_object_or_404(_tokens_for(request.user), pk=token_id), by=request.user)
    messages.success(request, _("Revoked the token “%(name)s”") % {"name": token.name})
    return redirect("api:tokens")


def _tokens_for(person: Person) -> QuerySet[ApiToken]:
    rows = ApiToken.objects.filter(revoked_at=None).select_related("person")
    return rows if may(person, "settings.desk") else rows.filter(person=person)
